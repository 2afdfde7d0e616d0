package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final int SAMPLES = 60;
    private static final double EVERY_SECONDS = 2;

    private static Trend of(IntToDoubleFunction value) {
        return Trend.of(
                IntStream.range(0, SAMPLES).mapToDouble(i -> i * EVERY_SECONDS).toArray(),
                IntStream.range(0, SAMPLES).mapToDouble(value).toArray());
    }

    @Test
    void aStraightLineHasItsSlopeAndNoDoubt() {
        Trend trend = of(i -> 100 + 3 * i * EVERY_SECONDS);
        assertThat(trend.perSecond()).isCloseTo(3, within(1e-9));
        assertThat(trend.growth()).isCloseTo(3 * (SAMPLES - 1) * EVERY_SECONDS, within(1e-9));
        assertThat(trend.certainty()).isGreaterThan(10);
        assertThat(trend.growsBeyond(353)).isTrue();
        assertThat(trend.growsBeyond(355)).isFalse();
    }

    @Test
    void aConstantHasNoTrend() {
        Trend trend = of(i -> 42);
        assertThat(trend).isEqualTo(new Trend(42, 0, (SAMPLES - 1) * EVERY_SECONDS, 0));
    }

    @Test
    void aLeakUnderNoiseOfItsOwnSizeIsFound() {
        Random random = new Random(1);
        Trend trend = of(i -> 20_000 + 40 * i + 1_000 * random.nextGaussian());
        assertThat(trend.growth()).isBetween(1_500.0, 3_300.0);
        assertThat(trend.growsBeyond(1_024)).isTrue();
    }

    @Test
    void noiseAloneIsHardlyEverALeak() {
        Random random = new Random(2);
        long leaks = IntStream.range(0, 1_000)
                .mapToObj(run -> of(i -> 20_000 + 3_000 * random.nextGaussian()))
                .filter(trend -> trend.growsBeyond(1_024))
                .count();
        assertThat(leaks).isLessThanOrEqualTo(5);
    }

    @Test
    void outliersDoNotBendTheSlope() {
        Trend trend = of(i -> i % 5 == 0 ? 50_000 + 1_000 * i : 20_000);
        assertThat(trend.growth()).isZero();
        assertThat(trend.growsBeyond(1)).isFalse();
    }

    @Test
    void aThreadLostEachMinuteIsFound() {
        Trend trend = of(i -> 12 + Math.floor(i * EVERY_SECONDS / 30));
        assertThat(trend.growth()).isBetween(3.0, 5.0);
        assertThat(trend.growsBeyond(Measure.THREADS.allowance(trend.level()))).isTrue();
    }

    @Test
    void aFallIsNoLeak() {
        assertThat(of(i -> 1_000_000 - 5_000 * i).growsBeyond(1)).isFalse();
    }

    @Test
    void aSawToothIsNoLeak() {
        assertThat(of(i -> 20_000 + 500 * (i % 10)).growsBeyond(1_024)).isFalse();
    }

    @Test
    void tooFewSamplesAreRefused() {
        assertThatThrownBy(() -> Trend.of(new double[7], new double[7]))
                .hasMessageContaining("needs 8 samples")
                .hasMessageContaining("got 7");
    }
}
