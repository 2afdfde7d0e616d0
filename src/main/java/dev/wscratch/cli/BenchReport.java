package dev.wscratch.cli;

import dev.wscratch.bench.Load;
import dev.wscratch.wire.FrameSerialiser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What {@code bench} prints. */
final class BenchReport {
    private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9};
    private static final int WIDEST_BAR = 24;

    /** A closed loop's thread that is busy for longer has no more to give. */
    private static final double SATURATED = 0.95;

    /** Messages that were sent later than this were late by the generator's fault, in milliseconds. */
    private static final double LATE = 1;

    private final String url;
    private final Load load;
    private final int rate;
    private final Duration warmUp;
    private final BenchResult result;
    private final StringBuilder text = new StringBuilder();

    /** Of a run at a rate, or in a closed loop where that is 0. */
    BenchReport(String url, Load load, int rate, Duration warmUp, BenchResult result) {
        this.url = url;
        this.load = load;
        this.rate = rate;
        this.warmUp = warmUp;
        this.result = result;
    }

    String text(List<BenchAssertion> assertions) {
        add(
                "Target      %s   %,d connections, %,d-byte %s, %s, %.1f s (%.1f s warm-up not counted)",
                Printable.of(url),
                load.connections(),
                load.size(),
                load.type(),
                model(),
                result.seconds(),
                warmUp.toMillis() / 1e3);
        add("Messages    %,d echoed, each verified", result.report().messages());
        add(
                "Rate        %,.1f msg/s%s",
                result.rate(), rate > 0 ? String.format(Locale.ROOT, "  (asked %,d)", rate) : "");
        wire();
        add(
                "Connect     p50 %.2f ms   p99 %.2f ms   max %.2f ms   (TCP%s + upgrade)",
                result.connectMillis(50),
                result.connectMillis(99),
                result.connectMillis(100),
                url.startsWith("wss") ? " + TLS" : "");
        add("");
        add(
                rate > 0
                        ? "Latency from the moment each message was due (no coordinated omission)"
                        : "Latency from sending to reply (closed loop: a slow server was asked less)");
        for (double percentile : PERCENTILES) {
            add(
                    "  %5s %%   %,.2f ms",
                    percentile == 99.9 ? "99.9" : Integer.toString((int) percentile), result.millis(percentile));
        }
        add("  max       %,.2f ms", result.millis(100));
        add("");
        bars();
        add("");
        assertions.forEach(assertion -> add("Assert      %s", assertion.line(result)));
        generator();
        return text.toString();
    }

    private String model() {
        return rate > 0
                ? String.format(Locale.ROOT, "open model %,d msg/s", rate)
                : String.format(Locale.ROOT, "closed loop with %,d in flight each", load.inFlight());
    }

    /** Frames as such, without TLS, TCP and IP. */
    private void wire() {
        int up = FrameSerialiser.headerLength(load.size(), true);
        int down = FrameSerialiser.headerLength(load.size(), false);
        long messages = result.report().messages();
        add(
                "Wire        %,d bytes up  %,d bytes down   frame overhead %.1f %% / %.1f %%",
                messages * (load.size() + up),
                messages * (load.size() + down),
                100.0 * up / load.size(),
                100.0 * down / load.size());
    }

    /** Each bar is twice as slow as the one above it, from 0.1 ms on. */
    private void bars() {
        Histogram micros = result.report().micros();
        long most = 1;
        for (long from = 0, to = 100; from <= micros.getMaxValue(); from = to, to *= 2) {
            most = Math.max(most, micros.getCountBetweenValues(from, to - 1));
        }
        for (long from = 0, to = 100; from <= micros.getMaxValue(); from = to, to *= 2) {
            long count = micros.getCountBetweenValues(from, to - 1);
            if (count > 0) {
                String bar = "#".repeat((int) (count * WIDEST_BAR / most));
                add(("  %8.1f - %8.1f ms  %,12d  " + bar).stripTrailing(), from / 1e3, to / 1e3, count);
            }
        }
    }

    private void generator() {
        double busy = 100 * result.cpuShare();
        if (rate > 0) {
            boolean late = result.lagMillis() > LATE;
            add(
                    "Generator   CPU %.0f %% of a core (it spins between messages), send lag p99 %.2f ms - %s",
                    busy, result.lagMillis(), verdict(late));
        } else {
            add("Generator   CPU %.0f %% of a core - %s", busy, verdict(result.cpuShare() >= SATURATED));
        }
    }

    private static String verdict(boolean bound) {
        return bound ? "it may have been the bottleneck" : "not the bottleneck";
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
