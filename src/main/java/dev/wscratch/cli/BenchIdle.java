package dev.wscratch.cli;

import dev.wscratch.bench.Errors;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What {@code bench --idle} found.
 *
 * @param opened connections
 * @param alive connections that echoed a message at the end
 * @param seconds that they were held
 */
record BenchIdle(
        BenchSettings settings,
        int opened,
        long alive,
        double seconds,
        Histogram connectMicros,
        Errors errors,
        BenchClocks.Readings readings,
        Map<Integer, Long> closes,
        boolean interrupted) {
    BenchIdle {
        closes = Map.copyOf(closes);
    }

    private double connectMillis(double percentile) {
        return connectMicros.getValueAtPercentile(percentile) / 1e3;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (interrupted) {
            text.append("Interrupted: what follows is of the time until Ctrl-C\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "Target      %s   %s, idle for %.1f s%n",
                Printable.of(settings.url()),
                BenchReport.count(settings.load().connections(), "connection"),
                seconds));
        text.append(String.format(
                Locale.ROOT, "Opened      %,d   %,d of them echoed a message at the end%n", opened, alive));
        text.append(String.format(
                Locale.ROOT,
                "Connect     p50 %.2f ms   p99 %.2f ms   max %.2f ms%n",
                connectMillis(50),
                connectMillis(99),
                connectMillis(100)));
        if (errors.entries().isEmpty()) {
            text.append("Errors      none\n");
        }
        for (Errors.Entry entry : errors.entries()) {
            text.append(String.format(
                    Locale.ROOT,
                    "Errors      %s: %s: %s%n",
                    entry.step().label(),
                    BenchReport.count(entry.connections(), "connection"),
                    Printable.of(entry.message())));
        }
        if (settings.serverPid() != 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "Server      CPU %.2f s, %s%n",
                    readings.serverCpuSeconds(),
                    readings.serverBytes() < 0
                            ? "memory unknown"
                            : String.format(
                                    Locale.ROOT, "%,d MiB of memory with all open", readings.serverBytes() >> 20)));
        }
        BenchReport.closes(closes).ifPresent(line -> text.append(line).append('\n'));
        return text.toString();
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schemaVersion", BenchData.SCHEMA_VERSION);
        all.put("target", settings.url());
        all.put("interrupted", interrupted);
        all.put("connections", settings.load().connections());
        all.put("opened", opened);
        all.put("alive", alive);
        all.put("seconds", seconds);
        all.put("connectMillis", BenchData.percentiles(connectMicros));
        all.put("errors", BenchData.errors(errors));
        if (settings.serverPid() != 0) {
            all.put(
                    "server",
                    BenchData.map(
                            "pid",
                            settings.serverPid(),
                            "cpuSeconds",
                            readings.serverCpuSeconds(),
                            "residentBytes",
                            readings.serverBytes()));
        }
        all.put("close", BenchData.closes(new TreeMap<>(closes)));
        return BenchData.text(all);
    }
}
