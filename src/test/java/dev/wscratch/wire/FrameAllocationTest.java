package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameAllocationTest {
    private static final int FRAMES = 1_000;

    @Test
    void framesAreParsedAndWrittenWithoutAllocatingPerFrame() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FrameParser parser = new FrameParser(Role.SERVER, false, FrameLimits.DEFAULT);
        ByteBuffer wire = ByteBuffer.allocate(FRAMES * 16);
        assertThat(round(parser, wire)).isEqualTo(FRAMES); // classes are loaded and linked now

        long before = threads.getCurrentThreadAllocatedBytes();
        int frames = round(parser, wire);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(frames).isEqualTo(FRAMES);
        assertThat(allocated).isLessThan(FRAMES); // less than a byte a frame: measuring takes a few itself
    }

    /** Writes masked text frames of 8 bytes and reads them back. */
    private static int round(FrameParser parser, ByteBuffer wire) {
        wire.clear();
        for (int i = 0; i < FRAMES; i++) {
            FrameSerialiser.writeMaskedHeader(wire, true, false, Opcode.TEXT, 8, 0x01020304);
            int from = wire.position();
            wire.putLong(0x4142434445464748L);
            Masking.apply(wire, from, wire.position(), 0x01020304, 0);
        }
        wire.flip();
        int frames = 0;
        for (FrameParser.Step step = parser.next(wire); step != FrameParser.Step.NEED_INPUT; step = parser.next(wire)) {
            frames += step == FrameParser.Step.FRAME_END ? 1 : 0;
        }
        return frames;
    }
}
