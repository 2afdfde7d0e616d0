package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One server under one load, once, or the median of several.
 *
 * @param peer the server
 * @param load what was sent
 * @param round from 1 on
 * @param messages that came back
 * @param seconds that it took
 * @param serverCpu seconds that the server's process used meanwhile
 * @param generatorCpu seconds that the load generator's process used meanwhile
 * @param p50 half of the messages took no longer, in milliseconds
 * @param p99 99 of 100 messages took no longer, in milliseconds
 * @param allocated bytes that the server's threads allocated meanwhile; NaN if that was not asked
 */
record Measurement(
        Peer peer,
        Load load,
        int round,
        long messages,
        double seconds,
        double serverCpu,
        double generatorCpu,
        double p50,
        double p99,
        double allocated) {
    /** From this share of its core on, a process has no more to give. */
    private static final double SATURATED = 0.95;

    double messagesPerSecond() {
        return messages / seconds;
    }

    double messagesPerCpuSecond() {
        return messages / serverCpu;
    }

    double serverShare() {
        return serverCpu / seconds;
    }

    double generatorShare() {
        return generatorCpu / seconds;
    }

    double allocatedPerMessage() {
        return allocated / messages;
    }

    /** The load generator's core was busy and the server's was not: the server could have done more. */
    boolean isGeneratorBound() {
        return generatorShare() >= SATURATED && serverShare() < SATURATED;
    }

    /** The rounds of one server under one load. */
    record Rounds(List<Measurement> all) {
        Rounds {
            all = List.copyOf(all);
        }

        double median(ToDoubleFunction<Measurement> figure) {
            double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }

        /** The largest deviation from the median, as a share of it. */
        double spread(ToDoubleFunction<Measurement> figure) {
            double median = median(figure);
            return Arrays.stream(all.stream().mapToDouble(figure).toArray())
                    .map(value -> Math.abs(value - median) / median)
                    .boxed()
                    .max(Comparator.naturalOrder())
                    .orElse(0.0);
        }

        boolean isGeneratorBound() {
            return all.stream().filter(Measurement::isGeneratorBound).count() * 2 > all.size();
        }
    }
}
