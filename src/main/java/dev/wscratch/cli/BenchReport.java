package dev.wscratch.cli;

import dev.wscratch.bench.Errors;
import dev.wscratch.bench.Load;
import dev.wscratch.wire.FrameSerialiser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What {@code bench} prints for people. */
final class BenchReport {
    /** A closed loop's thread that is busy for longer has no more to give. */
    static final double SATURATED = 0.95;

    /** Messages that were sent later than this were late by the generator's fault. */
    static final double LATE_MILLIS = 1;

    private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9};
    private static final int WIDEST_BAR = 24;

    private final BenchResult result;
    private final BenchSettings settings;
    private final StringBuilder text = new StringBuilder();

    BenchReport(BenchResult result) {
        this.result = result;
        this.settings = result.settings();
    }

    String text() {
        Load load = settings.load();
        if (result.interrupted()) {
            add("Interrupted: what follows is of the time until Ctrl-C");
        }
        add(
                "Target      %s   %s, %,d-byte %s, %s, %.1f s (%.1f s warm-up not counted)",
                Printable.of(settings.url()),
                count(load.connections(), "connection"),
                load.size(),
                load.type(),
                model(),
                result.seconds(),
                settings.warmUp().toMillis() / 1e3);
        add(
                "Messages    %,d sent   %,d echoed, each verified   %,d lost   %,d wrong%s",
                result.sent(),
                result.report().messages(),
                result.lost(),
                result.measured().errors().wrong(),
                result.measured().unanswered() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "   %,d not waited for",
                                result.measured().unanswered()));
        add(
                "Rate        %,.1f msg/s%s",
                result.rate(),
                settings.isOpenModel() ? String.format(Locale.ROOT, "  (asked %,d)", settings.rate()) : "");
        wire();
        add(
                "Connect     p50 %.2f ms   p99 %.2f ms   max %.2f ms   (TCP%s + upgrade)",
                result.connectMillis(50),
                result.connectMillis(99),
                result.connectMillis(100),
                settings.tls() == null ? "" : " + TLS");
        add("");
        add(
                settings.isOpenModel()
                        ? "Latency from the moment each message was due (corrected for coordinated omission)"
                        : "Latency from sending to reply (closed loop: a slow server was asked less)");
        latencies();
        add("");
        errors();
        settings.assertions().forEach(assertion -> add("Assert      %s", assertion.line(result)));
        server();
        generator();
        closes();
        return text.toString();
    }

    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private String model() {
        return settings.isOpenModel()
                ? String.format(Locale.ROOT, "open model %,d msg/s", settings.rate())
                : String.format(
                        Locale.ROOT,
                        "closed loop with %,d in flight each",
                        settings.load().inFlight());
    }

    /** Frames as such, without TLS, TCP and IP. */
    private void wire() {
        int size = settings.load().size();
        int up = FrameSerialiser.headerLength(size, true);
        int down = FrameSerialiser.headerLength(size, false);
        long messages = result.report().messages();
        add(
                "Wire        %s up   %s down   frame overhead %.1f %% / %.1f %%",
                bytes(messages * (size + up)), bytes(messages * (size + down)), 100.0 * up / size, 100.0 * down / size);
    }

    /** Such as {@code 3.5 MB}: thousands, as rates have them. */
    static String bytes(long count) {
        if (count < 1_000) {
            return count + " B";
        }
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", count / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", count / 1e6);
    }

    /** Percentiles on the left, and bars on the right: each is of latencies up to twice those of the one above it. */
    private void latencies() {
        List<String> bars = bars(result.report().micros());
        int rows = Math.max(PERCENTILES.length + 1, bars.size());
        for (int i = 0; i < rows; i++) {
            String left = i < PERCENTILES.length
                    ? String.format(
                            Locale.ROOT,
                            "  %5s %%  %,10.2f ms",
                            PERCENTILES[i] == 99.9 ? "99.9" : Integer.toString((int) PERCENTILES[i]),
                            result.millis(PERCENTILES[i]))
                    : i == PERCENTILES.length
                            ? String.format(Locale.ROOT, "  max      %,10.2f ms", result.millis(100))
                            : " ".repeat(22);
            add("%s", (left + (i < bars.size() ? "   |  " + bars.get(i) : "")).stripTrailing());
        }
    }

    private static List<String> bars(Histogram micros) {
        List<BenchBucket> buckets = BenchBucket.of(micros);
        long most = buckets.stream().mapToLong(BenchBucket::count).max().orElse(1);
        return buckets.stream()
                .map(bucket -> String.format(
                        Locale.ROOT,
                        "%,8.1f - %,8.1f ms  %,12d  %s",
                        bucket.fromMillis(),
                        bucket.toMillis(),
                        bucket.count(),
                        "#".repeat((int) (bucket.count() * WIDEST_BAR / most))))
                .toList();
    }

    private void errors() {
        List<Errors.Entry> entries = result.measured().errors().entries();
        if (entries.isEmpty()) {
            add("Errors      none");
        }
        for (Errors.Entry entry : entries) {
            add(
                    "Errors      %s: %s: %s",
                    entry.step().label(), count(entry.connections(), "connection"), Printable.of(entry.message()));
        }
    }

    private void server() {
        BenchClocks.Readings readings = result.readings();
        if (settings.serverPid() == 0) {
            return;
        }
        if (Double.isNaN(readings.serverCpuSeconds())) {
            add("Server      expected process %d until the end, found none", settings.serverPid());
            return;
        }
        add(
                "Server      CPU %.0f %% of a core, %s messages per CPU second, %s",
                100 * readings.serverCpuSeconds() / result.seconds(),
                readings.serverCpuSeconds() == 0
                        ? "no"
                        : String.format(Locale.ROOT, "%,.0f", result.report().messages() / readings.serverCpuSeconds()),
                readings.serverBytes() < 0
                        ? "memory unknown"
                        : String.format(Locale.ROOT, "%,d MiB of memory", readings.serverBytes() >> 20));
    }

    private void generator() {
        BenchClocks.Readings readings = result.readings();
        add(
                "Generator   CPU %.0f %% of %s%s, GC max %d ms%s - %s",
                100 * result.cpuShare() / settings.threads(),
                settings.threads() == 1 ? "a core" : settings.threads() + " cores",
                settings.isOpenModel() ? " (it spins between messages)" : "",
                readings.gcMaxMillis(),
                settings.isOpenModel() ? String.format(Locale.ROOT, ", send lag p99 %.2f ms", result.lagMillis()) : "",
                result.isGeneratorBound()
                        ? "it may have been the bottleneck"
                        : settings.isOpenModel()
                                ? "not the bottleneck"
                                : "not the bottleneck if it could have had more");
    }

    private void closes() {
        closes(result.closes()).ifPresent(line -> add("%s", line));
    }

    /** How the connections ended, by code. */
    static Optional<String> closes(Map<Integer, Long> closes) {
        if (closes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TreeMap<>(closes)
                .entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%,d x %s",
                                entry.getValue(),
                                entry.getKey() == 1006 ? "1006 (no Close frame)" : entry.getKey()))
                        .collect(Collectors.joining("   ", "Close       ", "")));
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
