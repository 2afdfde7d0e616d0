package dev.wscratch.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code scripts/soak} was asked for.
 *
 * @param duration of the whole load
 * @param heapMib of the server
 * @param rate of the load; 1 is usual
 * @param folder for the report
 * @param server its command and arguments; empty for the launcher's
 */
record SoakSettings(Duration duration, int heapMib, double rate, Path folder, List<String> server) {
    static final String HELP =
            """
            usage: scripts/soak MINUTES [OPTIONS]

            Runs the server as a process for so many minutes (1 to 1440) under load, churn and attacks, plain and over
            TLS, plain and compressed; checks every reply; fails when heap after GC, threads, descriptors, classes, native
            memory or RSS grow, or do not come back when all is closed.

              --heap MIB    heap of the server (default 256)
              --rate N      how much faster than usual the load goes; 0.5 is half (default 1: about one core in all)
              --out DIR     for report.json, samples.csv and the server's log (default target/soak)
              --server CMD  another server than the launcher's, by words; it must say the same in its banner

            Leave the machine alone meanwhile: deadlines are short, and a busy machine misses them.
            Exit codes: 0 steady  1 not steady, or a wrong reply  2 usage
            """;

    private static final double SHORTEST = 1;
    private static final double LONGEST = 1_440;

    /** Says what was expected. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static SoakSettings of(List<String> words) {
        Iterator<String> word = words.iterator();
        double minutes = number("MINUTES", next("MINUTES", word), SHORTEST, LONGEST);
        int heap = 256;
        double rate = 1;
        Path folder = Path.of("target", "soak");
        List<String> server = List.of();
        while (word.hasNext()) {
            String option = word.next();
            switch (option) {
                case "--heap" -> heap = (int) number(option, next(option, word), 64, 16_384);
                case "--rate" -> rate = number(option, next(option, word), 0.01, 100);
                case "--out" -> folder = Path.of(next(option, word));
                case "--server" -> server = List.of(next(option, word).strip().split("\\s+", -1));
                default -> throw new UsageException("expected an option of scripts/soak --help, got " + option);
            }
        }
        return new SoakSettings(Duration.ofMillis(Math.round(minutes * 60_000)), heap, rate, folder, server);
    }

    private static String next(String what, Iterator<String> word) {
        if (!word.hasNext()) {
            throw new UsageException(what + ": expected a value, got none");
        }
        return word.next();
    }

    private static double number(String what, String text, double least, double most) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!(number >= least && number <= most)) {
            throw new UsageException(what + ": expected a number from " + least + " to " + most + ", got " + text);
        }
        return number;
    }

    /** Of the load before the one that is measured, in which the server loads and compiles what it needs. */
    Duration priming() {
        Duration third = duration.dividedBy(3);
        return third.compareTo(Duration.ofMinutes(1)) < 0 ? third : Duration.ofMinutes(1);
    }

    /** Of the load that is measured. */
    Duration measured() {
        return duration.minus(priming());
    }

    /** From one sample to the next: 60 of them in short runs; in long ones not more than 360. */
    Duration interval() {
        Duration sixtieth = measured().dividedBy(60);
        Duration shortest = Duration.ofSeconds(1);
        Duration longest = measured().dividedBy(360).compareTo(Duration.ofSeconds(10)) > 0
                ? measured().dividedBy(360)
                : Duration.ofSeconds(10);
        return sixtieth.compareTo(shortest) < 0 ? shortest : sixtieth.compareTo(longest) > 0 ? longest : sixtieth;
    }

    String javaOptions() {
        // The whole heap is touched at the start, so that its pages are no growth of the process.
        return "-Xms" + heapMib + "m -Xmx" + heapMib + "m -XX:+AlwaysPreTouch -XX:+UseG1GC"
                + " -XX:NativeMemoryTracking=summary";
    }
}
