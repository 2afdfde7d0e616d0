package dev.wscratch.cli;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Latencies between two bounds; each bucket's upper one is twice that of the one before, from 0.1 ms on.
 *
 * @param fromMillis the lower bound, included
 * @param toMillis the upper bound, not included
 * @param count how many messages
 */
record BenchBucket(double fromMillis, double toMillis, long count) {
    /** Those with messages. */
    static List<BenchBucket> of(Histogram micros) {
        List<BenchBucket> buckets = new ArrayList<>();
        for (long from = 0, to = 100; from <= micros.getMaxValue(); from = to, to *= 2) {
            long count = micros.getCountBetweenValues(from, to - 1);
            if (count > 0) {
                buckets.add(new BenchBucket(from / 1e3, to / 1e3, count));
            }
        }
        return buckets;
    }
}
