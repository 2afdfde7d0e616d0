package dev.wscratch.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of it, for people and for programs.
 *
 * @param judge of the samples
 * @param counts of what the load did
 * @param probes by door
 * @param complaints all that is wrong
 */
record Report(Judge judge, Map<String, Long> counts, Map<String, Probe> probes, List<String> complaints) {
    /** {@return a table and what is wrong} */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-26s %9s %9s %9s %9s %6s %9s",
                "",
                "before",
                "level",
                "growth",
                "allowed",
                "cert.",
                "after"));
        for (Judge.Verdict verdict : judge.verdicts()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-26s %9.0f %9.0f %9.1f %9.1f %6.1f %9.0f%s",
                    verdict.measure().label(),
                    verdict.before(),
                    verdict.trend().level(),
                    verdict.trend().growth(),
                    verdict.allowed(),
                    verdict.trend().certainty(),
                    verdict.after(),
                    verdict.complaint().isPresent() ? "  <- leaks" : ""));
        }
        lines.add("");
        probes.forEach((door, probe) -> {
            lines.add(latency("probe " + door, probe.usual()));
            lines.add(latency("  in a forced GC", probe.whileCollecting()));
        });
        lines.add(counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ", "done: ", ", every reply checked")));
        lines.add(sensitivity());
        complaints.forEach(complaint -> lines.add("soak: " + complaint));
        lines.add(complaints.isEmpty() ? "soak: steady" : "soak: NOT STEADY");
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String latency(String name, Latencies of) {
        return String.format(
                Locale.ROOT,
                "%-18s %8d echoes  p50 %.2f ms  p99 %.2f ms  p99.9 %.2f ms  max %.1f ms",
                name,
                of.count(),
                of.percentile(0.5),
                of.percentile(0.99),
                of.percentile(0.999),
                of.percentile(1));
    }

    private String sensitivity() {
        List<Sample> window = judge.window();
        Sample first = window.get(0);
        Sample last = window.get(window.size() - 1);
        long messages = last.messages() - first.messages();
        long connections = last.connections() - first.connections();
        return String.format(
                Locale.ROOT,
                "judged: %d samples of the last %.0f s, with %d messages and %d connections;"
                        + " a leak of %.1f bytes of heap per message or %.0f per connection would show",
                window.size(),
                last.seconds() - first.seconds(),
                messages,
                connections,
                judge.smallestLeak(messages),
                judge.smallestLeak(connections));
    }

    /** {@return all samples, a line each} */
    String csv() {
        String header = Stream.concat(
                        Stream.of("seconds", "messages", "connections"),
                        Stream.of(Measure.values()).map(Measure::key))
                .collect(Collectors.joining(","));
        return Stream.concat(Stream.of(header), judge.during().stream().map(Report::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Sample sample) {
        return Stream.concat(
                        Stream.of(
                                String.format(Locale.ROOT, "%.1f", sample.seconds()),
                                Long.toString(sample.messages()),
                                Long.toString(sample.connections())),
                        Stream.of(Measure.values())
                                .map(measure -> String.format(Locale.ROOT, "%.0f", sample.value(measure))))
                .collect(Collectors.joining(","));
    }

    /** {@return the verdicts as one JSON object} */
    String json() {
        String measures = judge.verdicts().stream()
                .map(verdict -> String.format(
                        Locale.ROOT,
                        "    \"%s\": {\"before\": %.0f, \"level\": %.0f, \"growth\": %.3f, \"per_hour\": %.3f,"
                                + " \"allowed\": %.3f, \"certainty\": %.2f, \"after\": %.0f, \"steady\": %b}",
                        verdict.measure().key(),
                        verdict.before(),
                        verdict.trend().level(),
                        verdict.trend().growth(),
                        verdict.trend().perSecond() * 3_600,
                        verdict.allowed(),
                        verdict.trend().certainty(),
                        verdict.after(),
                        verdict.complaint().isEmpty()))
                .collect(Collectors.joining(",\n"));
        String done = counts.entrySet().stream()
                .map(count -> "\"" + count.getKey() + "\": " + count.getValue())
                .collect(Collectors.joining(", "));
        String wrong = complaints.stream().map(Report::quoted).collect(Collectors.joining(", "));
        return "{\n  \"steady\": " + complaints.isEmpty() + ",\n  \"done\": {" + done + "},\n  \"measures\": {\n"
                + measures + "\n  },\n  \"complaints\": [" + wrong + "]\n}\n";
    }

    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '"' || c == '\\'
                        ? "\\" + Character.toString(c)
                        : c < 0x20 ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
