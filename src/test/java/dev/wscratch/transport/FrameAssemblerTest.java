package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAssemblerTest {
    private static final byte[] ABC = {0x61, 0x62, 0x63};

    private final FrameParser parser = new FrameParser(Role.SERVER, false, new FrameLimits(64 << 20, 1000));
    private final FrameAssembler assembler = new FrameAssembler(parser, null);
    private final List<ByteBuffer> frames = new ArrayList<>();

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        return payload;
    }

    private static ByteBuffer masked(Opcode opcode, byte[] payload) {
        return FrameSerialiser.frame(FrameHeader.masked(opcode, payload.length, 0xCAFEBABE), ByteBuffer.wrap(payload));
    }

    private static ByteBuffer unmasked(Opcode opcode, byte[] payload) {
        return FrameSerialiser.frame(FrameHeader.unmasked(opcode, payload.length), ByteBuffer.wrap(payload));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** As a connection does with what it has read. */
    private void read(ByteBuffer in) {
        int from = in.position();
        while (true) {
            switch (parser.next(in)) {
                case HEADER -> assembler.begin(in, from);
                case PAYLOAD -> assembler.take();
                case FRAME_END -> frames.add(copy(assembler.frame(in)));
                case NEED_INPUT -> {
                    return;
                }
                case CLOSED, VIOLATION -> throw new AssertionError("the frames of this test are right");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
    void aFrameInOneBufferComesOutUnmaskedWithAHeaderOfItsLength(int length) {
        read(masked(Opcode.BINARY, payload(length)));
        assertThat(frames).containsExactly(unmasked(Opcode.BINARY, payload(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
    void aHeaderAndItsPayloadMayComeInTwoBuffers(int length) {
        ByteBuffer wire = masked(Opcode.BINARY, payload(length));
        int header = FrameSerialiser.headerLength(length, true);
        read(copy(wire.slice(0, header)));
        read(copy(wire.slice(header, length)));
        assertThat(frames).containsExactly(unmasked(Opcode.BINARY, payload(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void aHeaderMayBeCutAnywhere(int length) {
        ByteBuffer wire = masked(Opcode.BINARY, payload(length));
        int header = FrameSerialiser.headerLength(length, true);
        for (int cut = 1; cut < header; cut++) {
            read(copy(wire.slice(0, cut)));
            read(copy(wire.slice(cut, wire.limit() - cut)));
        }
        assertThat(frames).hasSize(header - 1).containsOnly(unmasked(Opcode.BINARY, payload(length)));
    }

    @Test
    void whatStoodBeforeThisReadIsNotOverwritten() {
        ByteBuffer wire = masked(Opcode.TEXT, ABC);
        // The header's last bytes are the first of this read; what lies before them in the buffer is somebody else's.
        read(copy(wire.slice(0, 4)));
        ByteBuffer in = ByteBuffer.allocate(64);
        in.put(new byte[10]).put(wire.slice(4, wire.limit() - 4)).flip().position(10);
        read(in);
        assertThat(frames).containsExactly(unmasked(Opcode.TEXT, ABC));
        assertThat(in.slice(0, 10)).isEqualTo(ByteBuffer.allocate(10));
    }

    @Test
    void thePayloadAloneHasNoHeader() {
        ByteBuffer in = masked(Opcode.PING, ABC);
        assertThat(parser.next(in)).isEqualTo(FrameParser.Step.HEADER);
        assembler.begin(in, 0);
        assertThat(parser.next(in)).isEqualTo(FrameParser.Step.PAYLOAD);
        assembler.take();
        assertThat(parser.next(in)).isEqualTo(FrameParser.Step.FRAME_END);
        assertThat(assembler.payload(in)).isEqualTo(ByteBuffer.wrap(ABC));
    }

    @Test
    void randomFramesInRandomCutsComeOutWholeAndUnmasked() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            ByteBuffer wire = ByteBuffer.allocate(2 << 20);
            List<ByteBuffer> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] payload = payload(random.nextInt(new int[] {3, 200, 3_000, 67_000}[random.nextInt(4)]));
                Opcode opcode = payload.length <= 125 && random.nextBoolean() ? Opcode.PING : Opcode.BINARY;
                wire.put(FrameSerialiser.frame(
                        FrameHeader.masked(opcode, payload.length, random.nextInt()), ByteBuffer.wrap(payload)));
                sent.add(unmasked(opcode, payload));
            }
            readInRandomCuts(wire.flip(), random);
            assertThat(frames).as("seed %d", seed).isEqualTo(sent);
            frames.clear();
        }
    }

    private void readInRandomCuts(ByteBuffer wire, Random random) {
        while (wire.hasRemaining()) {
            int count = Math.min(wire.remaining(), 1 + random.nextInt(random.nextBoolean() ? 10 : 64 << 10));
            ByteBuffer piece = wire.slice(wire.position(), count);
            wire.position(wire.position() + count);
            // Sometimes the read begins in the middle of a buffer, as behind a request head.
            int before = random.nextInt(3) * 7;
            ByteBuffer in = random.nextBoolean()
                    ? ByteBuffer.allocate(before + count)
                    : ByteBuffer.allocateDirect(before + count);
            read(in.position(before).put(piece).flip().position(before));
        }
    }

    @Test
    void memoryGrowsWithWhatHasComeAndNotWithWhatIsAnnounced() {
        ByteBuffer wire = masked(Opcode.BINARY, payload(4 << 20));
        long before = allocated();
        read(wire.slice(0, 14));
        read(wire.slice(14, 1000));
        assertThat(allocated() - before)
                .as("for a header of 4 MiB and 1000 bytes")
                .isLessThan(1 << 20);
        read(wire.slice(1014, 100_000));
        assertThat(allocated() - before).as("for 100 kB of it").isLessThan(1 << 20);
        read(wire.slice(101_014, wire.limit() - 101_014));
        assertThat(frames).containsExactly(unmasked(Opcode.BINARY, payload(4 << 20)));
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
