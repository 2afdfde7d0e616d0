package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import dev.wscratch.peers.IdleRun.Footprint;
import dev.wscratch.peers.Measurement.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results as Markdown.
 *
 * @param root of the checkout, where the versions of the servers are found
 * @param measurements all of them, in any order
 */
record Tables(Path root, List<Measurement> measurements) {
    Tables {
        measurements = List.copyOf(measurements);
    }

    private Map<Load, Rounds> of(Peer peer) {
        return measurements.stream()
                .filter(measurement -> measurement.peer() == peer)
                .collect(Collectors.groupingBy(
                        Measurement::load, Collectors.collectingAndThen(Collectors.toList(), Rounds::new)));
    }

    private List<Load> loads() {
        return measurements.stream().map(Measurement::load).distinct().toList();
    }

    private List<Peer> peers() {
        return Stream.of(Peer.values())
                .filter(peer -> measurements.stream().anyMatch(m -> m.peer() == peer))
                .toList();
    }

    /** Thousands of messages per CPU second of the server, and p99. */
    String figures() throws IOException {
        return table("server", Tables::figure);
    }

    private static String figure(Peer peer, Rounds rounds) {
        String bound = rounds.isGeneratorBound() ? " *G*" : "";
        double p99 = rounds.median(Measurement::p99);
        return thousands(rounds.median(Measurement::messagesPerCpuSecond)) + " (" + threeDigits(p99) + ")" + bound;
    }

    /** How many times as many messages per CPU second wscratch does. */
    String ratios() throws IOException {
        Map<Load, Rounds> ours = of(Peer.WSCRATCH);
        return table("wscratch divided by", (peer, rounds) -> {
            Rounds mine = ours.get(rounds.all().get(0).load());
            return peer == Peer.WSCRATCH || mine == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%.2f",
                            mine.median(Measurement::messagesPerCpuSecond)
                                    / rounds.median(Measurement::messagesPerCpuSecond));
        });
    }

    /** Thousands of messages per second of time, and the share of a core that server and generator used. */
    String shares() throws IOException {
        return table(
                "server",
                (peer, rounds) -> String.format(
                        Locale.ROOT,
                        "%s, %.0f/%.0f %%, ±%.0f %%",
                        thousands(rounds.median(Measurement::messagesPerSecond)),
                        100 * rounds.median(Measurement::serverShare),
                        100 * rounds.median(Measurement::generatorShare),
                        100 * rounds.spread(Measurement::messagesPerCpuSecond)));
    }

    /** Bytes allocated per message. */
    String allocations() throws IOException {
        return table("bytes allocated per message", (peer, rounds) -> {
            double bytes = rounds.median(Measurement::allocatedPerMessage);
            return Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%,.0f", bytes);
        });
    }

    private String table(String corner, BiFunction<Peer, Rounds, String> cell) throws IOException {
        StringBuilder text = new StringBuilder("| ").append(corner).append(" |");
        List<Load> loads = loads();
        loads.forEach(load -> text.append(' ').append(load).append(" |"));
        text.append("\n|---|").append("---|".repeat(loads.size())).append('\n');
        for (Peer peer : peers()) {
            Map<Load, Rounds> rounds = of(peer);
            text.append("| ").append(peer.title(root)).append(" |");
            for (Load load : loads) {
                Rounds those = rounds.get(load);
                text.append(' ')
                        .append(those == null ? "failed" : cell.apply(peer, those))
                        .append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Memory of idle connections. */
    static String footprints(Path root, List<Footprint> footprints) throws IOException {
        StringBuilder text = new StringBuilder(
                "| MB | RSS started | RSS opened | RSS after one message each | live heap then |\n|---|---|---|---|---|\n");
        for (Footprint footprint : footprints) {
            text.append("| ").append(footprint.peer().title(root)).append(" |");
            for (long bytes :
                    new long[] {footprint.started(), footprint.opened(), footprint.used(), footprint.liveHeap()}) {
                text.append(' ')
                        .append(bytes < 0 ? "" : Long.toString(Math.round(bytes / 1e6)))
                        .append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String thousands(double count) {
        return threeDigits(count / 1000);
    }

    private static String threeDigits(double value) {
        int whole = value >= 1 ? 1 + (int) Math.log10(value) : value >= 0.1 ? 0 : -1;
        return String.format(Locale.ROOT, "%,." + Math.max(0, 3 - whole) + "f", value);
    }
}
