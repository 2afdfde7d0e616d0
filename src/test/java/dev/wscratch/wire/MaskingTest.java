package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
    /** RFC 6455 5.3, word by word: octet i of the result is octet i of the payload XOR octet (i mod 4) of the key. */
    private static byte[] naive(byte[] bytes, int from, int to, int key, long keyOffset) {
        byte[] result = bytes.clone();
        for (int i = from; i < to; i++) {
            int j = (int) ((keyOffset + i - from) & 3);
            result[i] ^= (byte) (key >>> (24 - 8 * j));
        }
        return result;
    }

    @Test
    void everyAlignmentLengthAndKeyOffsetEqualsTheNaiveLoop() {
        Random random = new Random(1);
        for (int from = 0; from < 9; from++) {
            for (int length = 0; length < 40; length++) {
                for (int keyOffset = 0; keyOffset < 5; keyOffset++) {
                    byte[] bytes = new byte[from + length + 5];
                    random.nextBytes(bytes);
                    int key = random.nextInt();
                    byte[] expected = naive(bytes, from, from + length, key, keyOffset);

                    assertThat(applied(ByteBuffer.allocate(bytes.length), bytes, from, length, key, keyOffset))
                            .isEqualTo(expected);
                    assertThat(applied(ByteBuffer.allocateDirect(bytes.length), bytes, from, length, key, keyOffset))
                            .isEqualTo(expected);
                    ByteBuffer slice = ByteBuffer.allocate(bytes.length + 3).slice(3, bytes.length);
                    assertThat(applied(slice, bytes, from, length, key, keyOffset))
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] applied(ByteBuffer buffer, byte[] bytes, int from, int length, int key, long keyOffset) {
        buffer.put(bytes).rewind();
        Masking.apply(buffer, from, from + length, key, keyOffset);
        assertThat(buffer.position()).isZero();
        byte[] result = new byte[bytes.length];
        buffer.get(result);
        return result;
    }

    @Test
    void anOffsetBeyondTwoGigabytesStillFindsItsKeyByte() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[1]);

        Masking.apply(buffer, 0, 1, 0x11223344, (1L << 33) + 2);

        assertThat(buffer.get(0)).isEqualTo((byte) 0x33);
    }

    @Test
    void aKeyOfZeroChangesNothingNotEvenAReadOnlyBuffer() {
        ByteBuffer readOnly = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();

        Masking.apply(readOnly, 0, 3, 0, 0);

        assertThat(Hex.of(readOnly)).isEqualTo("01 02 03");
    }
}
