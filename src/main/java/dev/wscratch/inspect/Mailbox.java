package dev.wscratch.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told to one watcher, in order and within bounds. When it is full, frames are counted instead of kept;
 * what frames cannot do without, such as a handshake, has some more room, and the end of a connection more than that.
 *
 * <p>Safe for use by many threads; nobody waits in it.
 */
final class Mailbox {
    /** Past this, frames are only counted: so many bytes. */
    static final long FULL = 1 << 20;

    /** Past this, everything is but the end of a connection. */
    static final long OVERFULL = FULL + (256 << 10);

    /** Past this, everything is. */
    static final long BRIMFUL = OVERFULL + (80 << 10);

    /** The most events, whatever they weigh. */
    static final int MOST_EVENTS = 4096;

    /** What one message to the page holds at most, unless a single event is more. */
    static final long BATCH = 128 << 10;

    /** Answers that wait: more than a page in a hurry is due, and little memory. */
    static final int MOST_REPLIES = 512;

    /** Guarded by this object's monitor, as all that follows. */
    private final Deque<Report> waiting = new ArrayDeque<>();

    private long weight;
    private int replies;

    /** Frames, and past the second bound other events, that were not kept, by connection, and not yet told of. */
    private final Map<Integer, Long> lost = new LinkedHashMap<>();

    private boolean closed;

    /** Keeps an event, or counts it. */
    synchronized void add(Event event) {
        if (closed) {
            return;
        }
        boolean dispensable = event instanceof Event.Frame || event instanceof Event.Bytes;
        boolean last = event instanceof Event.Ended;
        long room = dispensable ? FULL : last ? BRIMFUL : OVERFULL;
        int most = MOST_EVENTS + (dispensable ? 0 : last ? 2 * MOST_REPLIES : MOST_REPLIES);
        if (weight + event.weight() > room || waiting.size() >= most) {
            if (lost.size() < MOST_REPLIES || lost.containsKey(event.connection())) {
                lost.merge(event.connection(), 1L, Long::sum);
            }
            return;
        }
        Long missing = lost.remove(event.connection());
        if (missing != null) {
            put(new Event.Lost(event.connection(), missing));
        }
        put(event);
    }

    private void put(Event event) {
        waiting.add(new Report.Events(List.of(event)));
        weight += event.weight();
    }

    /** {@return false when too many answers wait already} */
    synchronized boolean add(Report reply) {
        if (closed) {
            return true;
        }
        if (replies == MOST_REPLIES) {
            return false;
        }
        replies++;
        waiting.add(reply);
        return true;
    }

    /** {@return what is to be told next, or null} */
    synchronized @Nullable Report next() {
        Report first = waiting.peek();
        if (first != null && !(first instanceof Report.Events)) {
            replies--;
            return waiting.remove();
        }
        List<Event> batch = new ArrayList<>();
        long size = 0;
        while (waiting.peek() instanceof Report.Events one) {
            Event event = one.list().get(0);
            if (!batch.isEmpty() && size + event.weight() > BATCH) {
                break;
            }
            waiting.remove();
            batch.add(event);
            size += event.weight();
        }
        weight -= size;
        if (waiting.isEmpty()) {
            lost.forEach((connection, frames) -> batch.add(new Event.Lost(connection, frames)));
            lost.clear();
        }
        return batch.isEmpty() ? null : new Report.Events(batch);
    }

    /** {@return whether there is something to be told} */
    synchronized boolean hasNext() {
        return !waiting.isEmpty() || !lost.isEmpty();
    }

    /** Forgets everything, for ever. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        lost.clear();
    }
}
