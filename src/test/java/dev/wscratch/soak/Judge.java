package dev.wscratch.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says of each measure whether it leaks: by its slope while the load lasts, and by what is left when all is closed.
 *
 * <p>The first third of the load is not judged, nor are its first seconds: caches fill, the compiler is at work, and
 * abandoned connections gather until the first of them are found out.
 *
 * @param before all connections closed, before the load
 * @param during the load, in order
 * @param after all connections closed, after it
 */
record Judge(Sample before, List<Sample> during, Sample after) {
    private static final double WARM_UP = 1.0 / 3;
    private static final double WARM_UP_SECONDS = 25;

    /**
     * What is thought of one measure.
     *
     * @param measure that is judged
     * @param trend in the judged window
     * @param allowed growth in it
     * @param before the load
     * @param after the load
     */
    record Verdict(Measure measure, Trend trend, double allowed, double before, double after) {
        boolean grows() {
            return trend.growsBeyond(allowed);
        }

        boolean stays() {
            return after - before > measure.residue();
        }

        /** {@return what is wrong, if anything} */
        Optional<String> complaint() {
            if (grows()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s grew by %.0f in %.0f s (%.0f an hour; certainty %.1f), allowed are %.0f",
                        measure.label(),
                        trend.growth(),
                        trend.seconds(),
                        trend.perSecond() * 3_600,
                        trend.certainty(),
                        allowed));
            }
            return stays()
                    ? Optional.of(String.format(
                            Locale.ROOT,
                            "%s is %.0f with all connections closed and was %.0f before the load, allowed are %.0f more",
                            measure.label(),
                            after,
                            before,
                            measure.residue()))
                    : Optional.empty();
        }
    }

    List<Sample> window() {
        double end = during.isEmpty() ? 0 : during.get(during.size() - 1).seconds();
        double from = Math.max(WARM_UP_SECONDS, end * WARM_UP);
        return during.stream().filter(sample -> sample.seconds() >= from).toList();
    }

    List<Verdict> verdicts() {
        List<Sample> window = window();
        double[] times = window.stream().mapToDouble(Sample::seconds).toArray();
        List<Verdict> verdicts = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            if (measure.isJudged()) {
                Trend trend = Trend.of(
                        times,
                        window.stream()
                                .mapToDouble(sample -> sample.value(measure))
                                .toArray());
                verdicts.add(new Verdict(
                        measure, trend, measure.allowance(trend.level()), before.value(measure), after.value(measure)));
            }
        }
        return verdicts;
    }

    /** {@return all that is wrong: nothing if the server is steady} */
    List<String> complaints() {
        Stream<String> leaks = verdicts().stream().flatMap(verdict -> verdict.complaint().stream());
        // The reading itself is a TCP connection.
        Stream<String> gauges = Map.of(Measure.SESSIONS, 0.0, Measure.TCP, 1.0, Measure.QUEUED, 0.0).entrySet().stream()
                .filter(gauge -> after.value(gauge.getKey()) > gauge.getValue())
                .map(gauge -> String.format(
                        Locale.ROOT,
                        "%s: %.0f with all connections closed",
                        gauge.getKey().label(),
                        after.value(gauge.getKey())));
        return Stream.concat(leaks, gauges).toList();
    }

    /** {@return whether a sample is back at what was before the load, but for the residue of each measure} */
    static boolean isBack(Sample now, Sample before) {
        return Stream.of(Measure.values())
                .filter(Measure::isJudged)
                .allMatch(measure -> now.value(measure) - before.value(measure) <= measure.residue());
    }

    /** {@return bytes of heap that may be lost by each of so many before the heap's slope shows it} */
    double smallestLeak(long operations) {
        double level = window().stream()
                .mapToDouble(sample -> sample.value(Measure.HEAP))
                .average()
                .orElse(0);
        return Measure.HEAP.allowance(level) * 1_024 / Math.max(1, operations);
    }
}
