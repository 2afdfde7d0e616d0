package dev.wscratch.soak;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in what the JVM, the kernel and the server print. */
final class Readings {
    private static final Pattern HEAP_USED = Pattern.compile("garbage-first heap\\s+total \\d+K, used (\\d+)K");
    private static final Pattern CATEGORY =
            Pattern.compile("(?m)^(?:-\\s+)?(\\w[\\w ]*?):? ?\\(?reserved=\\d+KB, committed=(\\d+)KB");

    private Readings() {}

    /** {@return KiB in use, from {@code GC.heap_info} of G1} */
    static double heapKib(String jcmd) {
        Matcher found = HEAP_USED.matcher(jcmd);
        if (!found.find()) {
            throw new NoSuchElementException("expected the use of a garbage-first heap, got: " + jcmd);
        }
        return Double.parseDouble(found.group(1));
    }

    /** {@return committed KiB of each category, and of {@code Total}, from {@code VM.native_memory summary}} */
    static Map<String, Double> nativeKib(String jcmd) {
        Map<String, Double> categories = new TreeMap<>();
        Matcher found = CATEGORY.matcher(jcmd);
        while (found.find()) {
            categories.merge(found.group(1), Double.parseDouble(found.group(2)), Double::sum);
        }
        if (!categories.containsKey("Total") || !categories.containsKey("Java Heap")) {
            throw new NoSuchElementException("expected an account of native memory, got: " + jcmd);
        }
        return categories;
    }

    /** {@return the sum of a metric over its labels; 0 when it has no sample yet} */
    static double metric(String exposition, String name) {
        return exposition
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** {@return the number in a line of {@code /proc/PID/status}} */
    static double status(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).replace("kB", "").strip())
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("expected a line " + name + ", got: " + status));
    }
}
