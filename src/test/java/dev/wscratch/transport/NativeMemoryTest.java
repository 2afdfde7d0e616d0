package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final long MUCH = 10 * NativeMemory.WORTHWHILE;

    private final AtomicInteger trims = new AtomicInteger();
    private final NativeMemory memory = new NativeMemory(trims::incrementAndGet);
    private final long start = System.nanoTime();

    @Test
    void itIsTrimmedOnceWhenMuchWasFreed() {
        memory.check(start, 0);
        memory.check(start, MUCH);
        assertThat(trims).hasValue(0);
        memory.check(start, MUCH - NativeMemory.WORTHWHILE + 1);
        memory.check(start, MUCH - NativeMemory.WORTHWHILE + 1);
        memory.check(start, MUCH - NativeMemory.WORTHWHILE);
        assertThat(trims).hasValue(0);
        memory.check(start, MUCH - NativeMemory.WORTHWHILE);
        memory.check(start + NativeMemory.GAP_NANOS, MUCH - NativeMemory.WORTHWHILE);
        assertThat(trims).hasValue(1);
    }

    @Test
    void itIsNotTrimmedAgainTooSoonAndNotForgotten() {
        memory.check(start, MUCH);
        memory.check(start, 0);
        memory.check(start, 0);
        memory.check(start + 1, MUCH);
        memory.check(start + NativeMemory.GAP_NANOS - 2, 0);
        memory.check(start + NativeMemory.GAP_NANOS - 1, 0);
        assertThat(trims).hasValue(1);
        memory.check(start + NativeMemory.GAP_NANOS, 0);
        assertThat(trims).hasValue(2);
    }
}
