package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the serialiser writes, the parser reads, for random frames (seeded) in random cuts. */
class FrameRoundTripTest {
    @ParameterizedTest
    @EnumSource(Role.class)
    void randomFramesInRandomCutsComeBackAsTheyWere(Role receiver) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> sent = new ArrayList<>();
            ByteBuffer wire = ByteBuffer.allocate(1 << 20);
            Opcode[] open = new Opcode[] {Opcode.BINARY};
            boolean[] midMessage = new boolean[1];
            for (int i = 0; i < 20; i++) {
                sent.add(writeFrame(random, receiver, wire, open, midMessage));
            }

            byte[] bytes = new byte[wire.flip().remaining()];
            wire.get(bytes);

            assertThat(inRandomCuts(random, receiver, bytes))
                    .as("seed %d", seed)
                    .isEqualTo(sent);
            assertThat(FrameTrace.whole(new FrameParser(receiver, false, FrameLimits.DEFAULT), bytes).frames)
                    .as("seed %d", seed)
                    .isEqualTo(sent);
        }
    }

    private static List<String> inRandomCuts(Random random, Role receiver, byte[] bytes) {
        FrameTrace trace = new FrameTrace(new FrameParser(receiver, false, FrameLimits.DEFAULT));
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 3000));
            ByteBuffer piece = random.nextBoolean() ? ByteBuffer.allocate(count) : ByteBuffer.allocateDirect(count);
            trace.feed(piece.put(bytes, at, count).flip());
            at += count;
        }
        assertThat(trace.violation).isNull();
        return trace.frames;
    }

    private static String writeFrame(
            Random random, Role receiver, ByteBuffer wire, Opcode[] open, boolean[] midMessage) {
        Opcode opcode;
        if (random.nextInt(4) == 0) {
            opcode = random.nextBoolean() ? Opcode.PING : Opcode.PONG;
        } else if (midMessage[0]) {
            opcode = Opcode.CONTINUATION;
        } else {
            opcode = random.nextBoolean() ? Opcode.TEXT : Opcode.BINARY;
            open[0] = opcode;
        }
        boolean fin = opcode.isControl() || random.nextBoolean();
        int bound = opcode.isControl() ? 126 : new int[] {1, 126, 300, 70_000}[random.nextInt(4)];
        byte[] payload = payload(random, opcode.isControl() ? opcode : open[0], random.nextInt(bound));
        FrameHeader header = new FrameHeader(
                fin,
                false,
                false,
                false,
                opcode,
                receiver == Role.SERVER,
                receiver == Role.SERVER ? random.nextInt() : 0,
                payload.length);
        int at = wire.position();
        FrameSerialiser.writeFrame(wire, header, ByteBuffer.wrap(payload));
        if (!opcode.isControl()) {
            midMessage[0] = !fin;
        }
        return describe(header, opcode.isControl() ? opcode : open[0], at, payload);
    }

    private static byte[] payload(Random random, Opcode message, int length) {
        byte[] bytes = new byte[length];
        if (message != Opcode.TEXT) {
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < length / 3) {
            text.appendCodePoint(random.nextInt(3) == 0 ? 0x4E00 + random.nextInt(100) : 'a' + random.nextInt(26));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String describe(FrameHeader header, Opcode message, int at, byte[] payload) {
        boolean data = !header.opcode().isControl();
        String shown = FrameTrace.show(message, payload);
        return header.opcode().label() + (header.fin() ? " fin " : " ") + (header.masked() ? "masked " : "")
                + (header.opcode().startsMessage() ? "starts " : "") + (data && header.fin() ? "ends " : "")
                + message.label() + " @" + at + " " + header.length() + "+" + payload.length + " " + shown;
    }
}
