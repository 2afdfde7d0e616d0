package dev.wscratch.cli;

import dev.wscratch.bench.LoadGenerator;
import org.HdrHistogram.Histogram;

/**
 * What a run of {@code bench} found.
 *
 * @param report of the messages
 * @param connectMicros of the connections, in microseconds
 * @param cpuSeconds of this process while it measured
 */
record BenchResult(LoadGenerator.Report report, Histogram connectMicros, double cpuSeconds) {
    double seconds() {
        return report.nanos() / 1e9;
    }

    /** Messages per second that came back. */
    double rate() {
        return report.messages() / seconds();
    }

    /** So many percent of the messages took no longer, in milliseconds. */
    double millis(double percentile) {
        return report.micros().getValueAtPercentile(percentile) / 1e3;
    }

    /** How late messages were sent, in milliseconds. */
    double lagMillis() {
        return report.lagMicros().getValueAtPercentile(99) / 1e3;
    }

    double connectMillis(double percentile) {
        return connectMicros.getValueAtPercentile(percentile) / 1e3;
    }

    double cpuShare() {
        return cpuSeconds / seconds();
    }
}
