package dev.wscratch.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the load has done, and what went wrong. Used by all its threads. */
final class Tally {
    /** More than this nobody reads; all are counted. */
    private static final int SHOWN = 20;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong failed = new AtomicLong();

    void count(String what, long more) {
        counts.computeIfAbsent(what, key -> new LongAdder()).add(more);
    }

    long total(String what) {
        LongAdder count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    void fail(String where, Throwable why) {
        if (failed.incrementAndGet() <= SHOWN) {
            String text = where + ": " + why;
            failures.add(text.length() > 400 ? text.substring(0, 400) + "…" : text);
        }
    }

    void fail(String what) {
        if (failed.incrementAndGet() <= SHOWN) {
            failures.add(what);
        }
    }

    long failed() {
        return failed.get();
    }

    /** The first ones. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }
}
