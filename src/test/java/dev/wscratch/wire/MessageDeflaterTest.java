package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.peer.DeflateDistances;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflaterTest {
    private static final int HEADER = 10;

    private static byte[] deflate(MessageDeflater deflater, byte[] payload, boolean endsMessage) {
        ByteBuffer out = deflater.deflate(ByteBuffer.wrap(payload), endsMessage, HEADER);
        assertThat(out.position()).isEqualTo(HEADER);
        byte[] bytes = new byte[out.remaining()];
        out.get(bytes);
        return bytes;
    }

    private static byte[] inflate(MessageInflater inflater, byte[]... pieces) {
        ByteBuffer out = ByteBuffer.allocate(4 << 20);
        inflater.begin(Opcode.BINARY);
        for (byte[] piece : pieces) {
            assertThat(inflater.inflate(ByteBuffer.wrap(piece), out)).isEqualTo(MessageInflater.Step.DONE);
        }
        assertThat(inflater.finish(out)).isEqualTo(MessageInflater.Step.DONE);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Some text that repeats itself near and far, some noise. */
    private static byte[] sample(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        for (int i = 0; i < size; ) {
            int run = 1 + random.nextInt(2000);
            int distance = 1 + random.nextInt(random.nextBoolean() ? 300 : 40_000);
            boolean noise = random.nextInt(4) == 0;
            for (int end = Math.min(size, i + run); i < end; i++) {
                if (!noise && i >= distance) {
                    bytes[i] = bytes[i - distance];
                }
            }
        }
        return bytes;
    }

    @Test
    void theExamplesOfTheRfcComeOutAsPrinted() {
        byte[] hello = "Hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (MessageDeflater alone = new MessageDeflater(false, 15);
                MessageDeflater linked = new MessageDeflater(true, 15)) {
            assertThat(deflate(alone, hello, true)).isEqualTo(Hex.bytes("f2 48 cd c9 c9 07 00"));
            assertThat(deflate(alone, hello, true)).isEqualTo(Hex.bytes("f2 48 cd c9 c9 07 00"));
            assertThat(deflate(linked, hello, true)).isEqualTo(Hex.bytes("f2 48 cd c9 c9 07 00"));
            assertThat(deflate(linked, hello, true)).isEqualTo(Hex.bytes("f2 00 11 00 00"));
            assertThat(deflate(linked, new byte[0], true)).isEqualTo(Hex.bytes("00"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 12, 14, 15})
    void messagesOfEverySizeComeBackAndNoDistanceIsLongerThanTheWindow(int windowBits) {
        for (boolean takeover : new boolean[] {true, false}) {
            Random random = new Random(7692 + windowBits);
            try (MessageDeflater deflater = new MessageDeflater(takeover, windowBits);
                    MessageInflater inflater = new MessageInflater(takeover, 4 << 20)) {
                DeflateDistances distances = new DeflateDistances();
                for (int size :
                        new int[] {0, 1, 255, 256, 257, 0, 0, 300, 511, 512, 513, 4096, 32_768, 70_000, 400_000}) {
                    byte[] message = sample(random, size);
                    byte[] payload = deflate(deflater, message, true);
                    assertThat(inflate(inflater, payload)).isEqualTo(message);
                    distances.read(payload);
                }
                assertThat(distances.longest()).isBetween(1 << (windowBits - 1), 1 << windowBits);
            }
        }
    }

    @Test
    void aMessageMayLeaveInFragments() {
        Random random = new Random(1);
        for (int windowBits : new int[] {9, 15}) {
            for (boolean takeover : new boolean[] {true, false}) {
                try (MessageDeflater deflater = new MessageDeflater(takeover, windowBits);
                        MessageInflater inflater = new MessageInflater(takeover, 4 << 20)) {
                    for (int i = 0; i < 10; i++) {
                        byte[] first = sample(random, random.nextInt(3000));
                        byte[] last = sample(random, i % 2 == 0 ? 0 : random.nextInt(3000));
                        byte[] empty = new byte[0];
                        byte[] all = Arrays.copyOf(first, first.length + last.length);
                        System.arraycopy(last, 0, all, first.length, last.length);
                        assertThat(inflate(
                                        inflater,
                                        deflate(deflater, first, false),
                                        deflate(deflater, empty, false),
                                        deflate(deflater, last, true)))
                                .isEqualTo(all);
                    }
                }
            }
        }
    }

    @Test
    void afterAMessageThatWasNotSentNothingIsRepeatedOfIt() {
        byte[] message = sample(new Random(3), 1000);
        try (MessageDeflater deflater = new MessageDeflater(true, 15);
                MessageInflater inflater = new MessageInflater(true, 1 << 20)) {
            inflate(inflater, deflate(deflater, new byte[] {1, 2, 3}, true));
            deflate(deflater, message, true);
            deflater.forget();
            assertThat(inflate(inflater, deflate(deflater, message, true))).isEqualTo(message);
        }
    }

    @Test
    void incompressibleBytesGrowByLittle() {
        byte[] noise = new byte[1 << 20];
        new Random(5).nextBytes(noise);
        try (MessageDeflater deflater = new MessageDeflater(true, 8)) {
            byte[] payload = deflate(deflater, noise, true);
            assertThat((long) payload.length).isLessThan(new FrameLimits(noise.length, 1).maxCompressed());
        }
    }

    @Test
    void memoryIsHeldBetweenMessagesOnlyWithContextTakeoverAndNeverAfterClose() {
        MessageDeflater with = new MessageDeflater(true, 15);
        MessageDeflater without = new MessageDeflater(false, 15);
        deflate(without, new byte[] {1}, false);
        assertThat(without.holdsContext()).isTrue();
        deflate(with, new byte[] {1}, true);
        deflate(without, new byte[0], true);
        assertThat(with.holdsContext()).isTrue();
        assertThat(without.holdsContext()).isFalse();
        with.close();
        without.close();
        assertThat(with.holdsContext()).isFalse();
        assertThatThrownBy(() -> deflate(with, new byte[] {1}, true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new MessageDeflater(true, 7)).isInstanceOf(IllegalArgumentException.class);
    }
}
