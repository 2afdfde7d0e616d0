package dev.wscratch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masking (RFC 6455 section 5.3): payload byte <em>i</em> is XORed with byte <em>i mod 4</em> of the frame's masking key.
 * The same step masks and unmasks, because {@code (a ^ k) ^ k == a}.
 *
 * <p>Masking hides nothing, since the key travels in the same frame. It keeps a page from choosing the bytes that appear
 * on the wire, with which it could feed an old proxy something that looks like HTTP (section 10.3).
 *
 * <p>The work is done eight bytes at a time: the four-byte key written twice is a {@code long}, and one XOR of two longs
 * is eight XORs of bytes.
 */
public final class Masking {
    // Native order, so that no load or store swaps bytes; the key is swapped once instead.
    private static final VarHandle LONGS_OF_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS_OF_BUFFER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Masking() {}

    /**
     * XORs {@code buffer[from, to)} in place; position and limit stay.
     *
     * @param buffer writable; heap or direct, in any byte order
     * @param from absolute index of the first byte
     * @param to absolute index after the last byte, not above the buffer's limit
     * @param key the masking key as it stands in the frame: its first byte is the highest
     * @param keyOffset how many payload bytes came before {@code from}; any number, only its value mod 4 counts
     */
    public static void apply(ByteBuffer buffer, int from, int to, int key, long keyOffset) {
        if (key == 0) {
            return; // x ^ 0 is x: nothing would change
        }
        int turned = Integer.rotateLeft(key, 8 * (int) (keyOffset & 3));
        if (buffer.hasArray()) {
            int base = buffer.arrayOffset();
            applyToArray(buffer.array(), base + from, base + to, turned);
        } else {
            applyToBuffer(buffer, from, to, turned);
        }
    }

    private static void applyToArray(byte[] array, int from, int to, int key) {
        long wide = widen(key);
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            LONGS_OF_ARRAY.set(array, i, (long) LONGS_OF_ARRAY.get(array, i) ^ wide);
        }
        // Eight is a multiple of four, so the key is in the same phase here as at `from`.
        for (int rest = key; i < to; i++) {
            rest = Integer.rotateLeft(rest, 8);
            array[i] ^= (byte) rest;
        }
    }

    private static void applyToBuffer(ByteBuffer buffer, int from, int to, int key) {
        long wide = widen(key);
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            LONGS_OF_BUFFER.set(buffer, i, (long) LONGS_OF_BUFFER.get(buffer, i) ^ wide);
        }
        for (int rest = key; i < to; i++) {
            rest = Integer.rotateLeft(rest, 8);
            buffer.put(i, (byte) (buffer.get(i) ^ rest));
        }
    }

    /** The key twice, arranged so that a native load of eight payload bytes meets the right key bytes. */
    private static long widen(int key) {
        long twice = (long) key << 32 | (key & 0xFFFF_FFFFL);
        return LITTLE ? Long.reverseBytes(twice) : twice;
    }
}
