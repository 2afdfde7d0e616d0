package dev.wscratch.cli;

import dev.wscratch.bench.LoadGenerator;
import dev.wscratch.bench.Measured;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run of {@code bench} found.
 *
 * @param settings what it was asked for
 * @param measured of the messages
 * @param readings of the processes
 * @param closes how many connections the server ended with which code; 1006 is for none
 * @param interrupted by Ctrl-C
 */
record BenchResult(
        BenchSettings settings,
        Measured measured,
        BenchClocks.Readings readings,
        Map<Integer, Long> closes,
        boolean interrupted) {
    BenchResult {
        closes = Map.copyOf(closes);
    }

    LoadGenerator.Report report() {
        return measured.report();
    }

    double seconds() {
        return report().nanos() / 1e9;
    }

    /**
     * Messages per second that came back. At a rate the time counts from when the first reply could be there: the latency
     * that every message has is no lack of throughput.
     */
    double rate() {
        double seconds = seconds();
        if (settings.rate() > 0 && report().messages() > 0 && !interrupted) {
            double asked = settings.duration().toNanos() / 1e9;
            seconds = Math.max(asked, seconds - report().micros().getMinValue() / 1e6);
        }
        return report().messages() / seconds;
    }

    /** So many percent of the messages took no longer, in milliseconds. */
    double millis(double percentile) {
        return report().micros().getValueAtPercentile(percentile) / 1e3;
    }

    /** How late messages were sent, in milliseconds. */
    double lagMillis() {
        return report().lagMicros().getValueAtPercentile(99) / 1e3;
    }

    Histogram connectMicros() {
        return measured.connectMicros();
    }

    double connectMillis(double percentile) {
        return connectMicros().getValueAtPercentile(percentile) / 1e3;
    }

    /** Of one core. */
    double cpuShare() {
        return readings.cpuSeconds() / seconds();
    }

    long sent() {
        return report().messages() + lost() + measured.unanswered();
    }

    /** Messages whose connection ended before the reply. */
    long lost() {
        return measured.errors().lost();
    }

    /** Whether messages were late, or as many as there could be, by the generator's fault. */
    boolean isGeneratorBound() {
        return settings.rate() > 0
                ? lagMillis() > BenchReport.LATE_MILLIS
                : cpuShare() >= BenchReport.SATURATED * settings.threads();
    }

    boolean hasErrors() {
        return measured.errors().connections() > 0;
    }
}
