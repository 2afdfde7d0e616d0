package dev.wscratch.cli;

import dev.wscratch.bench.Errors;
import dev.wscratch.bench.Second;
import dev.wscratch.wire.FrameSerialiser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What {@code bench} prints for programs. */
final class BenchData {
    static final int SCHEMA_VERSION = 1;
    private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99};

    private BenchData() {}

    /** {@return a table: each second of the run, and all of it} */
    static String csv(BenchResult result) {
        StringBuilder table = new StringBuilder("second,messages,p50_ms,p99_ms,max_ms\n");
        for (Second second : result.measured().seconds()) {
            row(table, Integer.toString(second.number()), second.messages(), second.p50(), second.p99(), second.max());
        }
        row(table, "total", result.report().messages(), result.millis(50), result.millis(99), result.millis(100));
        return table.toString();
    }

    private static void row(StringBuilder table, String name, long messages, double p50, double p99, double max) {
        table.append(String.format(Locale.ROOT, "%s,%d,%.3f,%.3f,%.3f%n", name, messages, p50, p99, max));
    }

    /** {@return one JSON object (RFC 8259) in ASCII} */
    static String json(BenchResult result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schemaVersion", SCHEMA_VERSION);
        all.put("target", result.settings().url());
        all.put("interrupted", result.interrupted());
        all.put("load", load(result.settings()));
        all.put("messages", messages(result));
        all.put("seconds", result.seconds());
        all.put("rate", result.rate());
        all.put("wire", wire(result));
        all.put("connectMillis", percentiles(result.connectMicros()));
        all.put("latencyMillis", percentiles(result.report().micros()));
        all.put(
                "histogram",
                BenchBucket.of(result.report().micros()).stream()
                        .map(bucket -> map(
                                "fromMillis",
                                bucket.fromMillis(),
                                "toMillis",
                                bucket.toMillis(),
                                "count",
                                bucket.count()))
                        .toList());
        all.put(
                "perSecond",
                result.measured().seconds().stream().map(BenchData::second).toList());
        all.put("errors", errors(result.measured().errors()));
        all.put("generator", generator(result));
        if (result.settings().serverPid() != 0) {
            all.put("server", server(result));
        }
        all.put("close", closes(new TreeMap<>(result.closes())));
        all.put("assertions", assertions(result));
        return text(all);
    }

    private static Map<String, Object> load(BenchSettings settings) {
        return map(
                "connections",
                settings.load().connections(),
                "threads",
                settings.threads(),
                "size",
                settings.load().size(),
                "type",
                settings.load().type(),
                "model",
                settings.isOpenModel() ? "open" : "closed",
                settings.isOpenModel() ? "rate" : "inFlight",
                settings.isOpenModel() ? settings.rate() : settings.load().inFlight(),
                "rampSeconds",
                settings.ramp().toMillis() / 1e3,
                "warmUpSeconds",
                settings.warmUp().toMillis() / 1e3,
                "durationSeconds",
                settings.duration().toMillis() / 1e3);
    }

    private static Map<String, Object> messages(BenchResult result) {
        return map(
                "sent",
                result.sent(),
                "echoed",
                result.report().messages(),
                "lost",
                result.lost(),
                "wrong",
                result.measured().errors().wrong(),
                "notWaitedFor",
                result.measured().unanswered());
    }

    private static Map<String, Object> wire(BenchResult result) {
        int size = result.settings().load().size();
        long messages = result.report().messages();
        return map(
                "bytesUp",
                messages * (size + FrameSerialiser.headerLength(size, true)),
                "bytesDown",
                messages * (size + FrameSerialiser.headerLength(size, false)));
    }

    static Map<String, Object> percentiles(Histogram micros) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("min", micros.getTotalCount() == 0 ? 0.0 : micros.getMinValue() / 1e3);
        all.put("mean", micros.getMean() / 1e3);
        for (double percentile : PERCENTILES) {
            String name = percentile == Math.rint(percentile) ? "p" + (int) percentile : "p" + percentile;
            all.put(name, micros.getValueAtPercentile(percentile) / 1e3);
        }
        all.put("max", micros.getMaxValue() / 1e3);
        return all;
    }

    private static Map<String, Object> second(Second second) {
        return map(
                "second",
                second.number(),
                "messages",
                second.messages(),
                "p50Millis",
                second.p50(),
                "p99Millis",
                second.p99(),
                "maxMillis",
                second.max());
    }

    static List<Map<String, Object>> errors(Errors errors) {
        return errors.entries().stream()
                .map(entry -> map(
                        "step", entry.step().label(), "message", entry.message(), "connections", entry.connections()))
                .toList();
    }

    private static Map<String, Object> generator(BenchResult result) {
        return map(
                "cpuSeconds",
                result.readings().cpuSeconds(),
                "gcMaxMillis",
                result.readings().gcMaxMillis(),
                "sendLagP99Millis",
                result.lagMillis(),
                "bottleneck",
                result.isGeneratorBound());
    }

    private static Map<String, Object> server(BenchResult result) {
        BenchClocks.Readings readings = result.readings();
        return map(
                "pid",
                result.settings().serverPid(),
                "cpuSeconds",
                readings.serverCpuSeconds(),
                "messagesPerCpuSecond",
                result.report().messages() / readings.serverCpuSeconds(),
                "residentBytes",
                readings.serverBytes());
    }

    static Map<String, Object> closes(SortedMap<Integer, Long> closes) {
        Map<String, Object> all = new LinkedHashMap<>();
        closes.forEach((code, count) -> all.put(code.toString(), count));
        return all;
    }

    private static List<Map<String, Object>> assertions(BenchResult result) {
        return result.settings().assertions().stream()
                .map(one -> map("bound", one.toString(), "actual", one.actual(result), "holds", one.holds(result)))
                .toList();
    }

    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    /** JSON of maps, lists, texts, numbers and truths; what is not a number is null there. */
    static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> JsonLine.quoted(String.valueOf(entry.getKey())) + ":" + text(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(BenchData::text).collect(Collectors.joining(",\n ", "[", "]"));
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "null";
        }
        return value instanceof String string ? JsonLine.quoted(string) : String.valueOf(value);
    }
}
