package dev.wscratch.fault;

import java.time.Duration;

/** How much of something slow is due by now. */
final class Pace {
    /** Nobody can tell two bytes apart that come closer together than this, and each wake costs. */
    private static final long SHORTEST_SLEEP = Duration.ofMillis(5).toNanos();

    private Pace() {}

    /** {@return how many of {@code total} units are due, the first at once} */
    static int due(int total, long elapsedNanos, long nanosPerUnit) {
        return (int) Math.min(total, 1 + elapsedNanos / nanosPerUnit);
    }

    /** {@return when the next unit is due, as nanoseconds after the first} */
    static long next(int done, long elapsedNanos, long nanosPerUnit) {
        return Math.max(done * nanosPerUnit, elapsedNanos + SHORTEST_SLEEP);
    }

    static long nanosPerUnit(int perSecond) {
        return Math.max(1, 1_000_000_000L / perSecond);
    }
}
