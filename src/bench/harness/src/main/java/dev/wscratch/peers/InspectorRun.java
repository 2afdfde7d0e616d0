package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import dev.wscratch.peers.Measurement.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector costs those who do not use it: the same load on wscratch without it, with it, and with it while it
 * watches one other connection. Each round starts each of them anew and in another order.
 */
final class InspectorRun {
    /** What is compared; the first is what the others are held against. */
    enum Inspector {
        OFF("`--no-inspector`"),
        UNUSED("on, unused"),
        WATCHING("on, watching another connection (" + WatchedConnection.MESSAGES_PER_SECOND + " messages/s)");

        private final String title;

        Inspector(String title) {
            this.title = title;
        }

        private List<String> options() {
            return this == OFF ? List.of("--no-inspector") : List.of();
        }
    }

    private final LoadRun run;
    private final Map<Inspector, List<Measurement>> measurements = new EnumMap<>(Inspector.class);

    InspectorRun(LoadRun run) {
        this.run = run;
        for (Inspector inspector : Inspector.values()) {
            measurements.put(inspector, new ArrayList<>());
        }
    }

    /** Measures each once; {@code measured} is told of each measurement as soon as it is there. */
    void round(int round, BiConsumer<Inspector, Measurement> measured) throws IOException, InterruptedException {
        List<Inspector> order = new ArrayList<>(Arrays.asList(Inspector.values()));
        Collections.rotate(order, 1 - round);
        for (Inspector inspector : order) {
            try (ServerProcess server = ServerProcess.start(Peer.WSCRATCH, run.setup(), inspector.options());
                    WatchedConnection watched =
                            inspector == Inspector.WATCHING ? WatchedConnection.to(server.address()) : null) {
                for (Load load : run.loads()) {
                    add(inspector, run.measure(Peer.WSCRATCH, server, load, round), measured);
                }
                check(watched);
            }
        }
    }

    private void add(Inspector inspector, Measurement measurement, BiConsumer<Inspector, Measurement> measured) {
        rounds(inspector).add(measurement);
        measured.accept(inspector, measurement);
    }

    private static void check(@Nullable WatchedConnection watched) throws IOException {
        if (watched != null) {
            watched.check();
        }
    }

    private List<Measurement> rounds(Inspector inspector) {
        return measurements.getOrDefault(inspector, List.of());
    }

    /** Thousands of messages per CPU second, and how that compares, as Markdown. */
    String table() {
        StringBuilder table = new StringBuilder(1024);
        row(table, "inspector", run.loads().stream().map(Load::toString).toList());
        row(table, "---", Collections.nCopies(run.loads().size(), "---"));
        for (Inspector inspector : Inspector.values()) {
            row(
                    table,
                    inspector.title,
                    run.loads().stream().map(load -> cell(inspector, load)).toList());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String first, List<String> rest) {
        table.append("| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", rest))
                .append(" |\n");
    }

    /** The ratio is the median of those of the single rounds, whose measurements lie close together in time. */
    private String cell(Inspector inspector, Load load) {
        Rounds own = of(inspector, load);
        double[] ratios = ratios(own.all(), of(Inspector.OFF, load).all());
        String each = Arrays.stream(ratios).mapToObj(InspectorRun::ratio).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%.1f × %s (%s)",
                own.median(Measurement::messagesPerCpuSecond) / 1000,
                ratio(median(ratios)),
                each);
    }

    private Rounds of(Inspector inspector, Load load) {
        return new Rounds(rounds(inspector).stream()
                .filter(measurement -> measurement.load().equals(load))
                .toList());
    }

    /** Round by round: messages per CPU second of the one, divided by those of the other. */
    static double[] ratios(List<Measurement> ones, List<Measurement> others) {
        return ones.stream()
                .flatMapToDouble(one -> others.stream()
                        .filter(other -> other.round() == one.round())
                        .mapToDouble(other -> one.messagesPerCpuSecond() / other.messagesPerCpuSecond()))
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
