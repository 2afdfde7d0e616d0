package dev.wscratch.bench;

import java.time.Duration;

/**
 * When a run sends and when it counts, by {@link System#nanoTime}, so that several threads do at the same time.
 *
 * @param begin of the warm-up
 * @param start of what counts
 * @param end of it
 */
record Span(long begin, long start, long end) {
    static Span from(long begin, Duration warmUp, Duration measured) {
        long start = begin + warmUp.toNanos();
        return new Span(begin, start, start + measured.toNanos());
    }
}
