package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final RefusalLog log = new RefusalLog();
    private final long start = System.nanoTime() + SECOND;

    private long linesAt(long now, int refusals) {
        return LongStream.range(0, refusals).filter(i -> log.takeLine(now) >= 0).count();
    }

    @Test
    void aFloodWritesTenLinesASecond() {
        assertThat(linesAt(start, 10_000)).isEqualTo(10);
        assertThat(linesAt(start + SECOND / 2, 10_000)).isZero();
        assertThat(linesAt(start + SECOND, 10_000)).isEqualTo(10);
    }

    @Test
    void theNextLineSaysHowManyWereLeftOut() {
        assertThat(linesAt(start, 25)).isEqualTo(10);
        assertThat(log.takeLine(start + SECOND)).isEqualTo(15);
        assertThat(log.takeLine(start + SECOND)).isZero();
    }
}
