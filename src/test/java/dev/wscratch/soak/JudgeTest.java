package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final int SAMPLES = 90;
    private static final int EVERY_SECONDS = 2;
    private static final Map<Measure, Double> USUAL = usual();

    private static Map<Measure, Double> usual() {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, 0.0);
        }
        values.putAll(Map.of(
                Measure.HEAP, 20_000.0,
                Measure.THREADS, 12.0,
                Measure.DESCRIPTORS, 130.0,
                Measure.CLASSES, 6_200.0,
                Measure.NATIVE, 90_000.0,
                Measure.RSS, 390_000.0));
        return values;
    }

    private static Sample sample(double seconds, Map<Measure, Double> different) {
        Map<Measure, Double> values = new EnumMap<>(USUAL);
        values.putAll(different);
        return new Sample(seconds, values, Math.round(seconds * 1_000), Math.round(seconds * 30));
    }

    /** A run of three minutes in which one measure grows steadily. */
    private static Judge growing(Measure measure, double perMinute) {
        List<Sample> during = IntStream.range(0, SAMPLES)
                .mapToObj(i -> sample(
                        i * EVERY_SECONDS,
                        Map.of(measure, USUAL.get(measure) + Math.floor(perMinute * i * EVERY_SECONDS / 60))))
                .toList();
        return new Judge(sample(0, Map.of()), during, sample(0, Map.of()));
    }

    private static Judge steadyBut(Map<Measure, Double> after) {
        return new Judge(sample(0, Map.of()), growing(Measure.HEAP, 0).during(), sample(0, after));
    }

    @Test
    void aSteadyServerHasNoComplaint() {
        assertThat(steadyBut(Map.of()).complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HEAP,600", "THREADS,2", "DESCRIPTORS,4", "CLASSES,20", "NATIVE,1200", "RSS,3500"})
    void whatGrowsWhileTheLoadLastsIsNamed(Measure measure, double perMinute) {
        assertThat(growing(measure, perMinute).complaints())
                .singleElement()
                .asString()
                .startsWith(measure.label() + " grew by ");
        assertThat(growing(measure, perMinute / 4).complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HEAP,2500", "THREADS,3", "DESCRIPTORS,6", "CLASSES,300", "NATIVE,9000", "RSS,30000"})
    void whatDoesNotComeBackIsNamed(Measure measure, double more) {
        assertThat(steadyBut(Map.of(measure, USUAL.get(measure) + more)).complaints())
                .singleElement()
                .asString()
                .startsWith(measure.label() + " is ")
                .contains("with all connections closed");
    }

    @ParameterizedTest
    @CsvSource({"SESSIONS,1", "TCP,2", "QUEUED,1"})
    void aGaugeThatDoesNotComeBackToNothingIsNamed(Measure gauge, double left) {
        assertThat(steadyBut(Map.of(gauge, left)).complaints())
                .containsExactly(gauge.label() + ": " + (int) left + " with all connections closed");
    }

    @Test
    void theFirstThirdIsNotJudged() {
        List<Sample> during = IntStream.range(0, SAMPLES)
                .mapToObj(
                        i -> sample(i * EVERY_SECONDS, Map.of(Measure.HEAP, 20_000.0 + 500 * Math.min(i, SAMPLES / 3))))
                .toList();
        Judge judge = new Judge(sample(0, Map.of()), during, sample(0, Map.of()));
        assertThat(judge.complaints()).isEmpty();
        assertThat(judge.window().get(0).seconds()).isGreaterThanOrEqualTo(59);
    }

    @Test
    void theSmallestLeakThatWouldShowIsTheAllowanceByOperation() {
        assertThat(growing(Measure.HEAP, 0).smallestLeak(1_024)).isEqualTo(Measure.HEAP.allowance(20_000));
    }

    @Test
    void whatIsWithinTheResidueIsBack() {
        Sample before = sample(0, Map.of());
        assertThat(Judge.isBack(sample(0, Map.of(Measure.HEAP, 22_000.0, Measure.CODE, 1e9)), before))
                .isTrue();
        assertThat(Judge.isBack(sample(0, Map.of(Measure.HEAP, 22_100.0)), before))
                .isFalse();
    }
}
