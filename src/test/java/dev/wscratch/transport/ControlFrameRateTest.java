package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlFrameRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final ControlFrameRate rate = new ControlFrameRate(10);

    private long allowedOf(int frames, long now) {
        return IntStream.range(0, frames).filter(i -> rate.allows(now)).count();
    }

    @Test
    void aBurstOfOneSecondsWorthPassesAndNoMore() {
        assertThat(allowedOf(50, System.nanoTime())).isEqualTo(10);
    }

    @Test
    void theAllowanceComesBackSteadily() {
        long now = System.nanoTime();
        allowedOf(10, now);
        assertThat(allowedOf(50, now + SECOND / 2)).isEqualTo(5);
        assertThat(allowedOf(50, now + 100 * SECOND)).isEqualTo(10);
    }
}
