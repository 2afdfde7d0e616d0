package dev.wscratch.bench;

import org.HdrHistogram.Histogram;

/**
 * What came back in one second of a run.
 *
 * @param number from 0 on, since it counts
 * @param messages that came back in it
 * @param p50 half of them took no longer, in milliseconds
 * @param p99 99 of 100 took no longer, in milliseconds
 * @param max the longest, in milliseconds
 */
public record Second(int number, long messages, double p50, double p99, double max) {
    static Second of(int number, Histogram micros) {
        return new Second(
                number,
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
