package dev.wscratch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Says whether bytes are UTF-8 (RFC 3629), piece by piece, and which byte is the first that cannot be.
 *
 * <p>Text messages and close reasons must be UTF-8, or the connection is failed with 1007 (RFC 6455 section 8.1). A
 * message may be cut anywhere, also inside a character, so the validator keeps its place between calls. All it has to
 * remember is how many bytes the character still needs, and what the next one may be (RFC 3629 section 4):
 *
 * <pre>
 * first byte   next byte   then              so that
 * 00..7F                                     ASCII stands for itself
 * C2..DF       80..BF                        C0 and C1, which would only repeat ASCII, never occur
 * E0           A0..BF      80..BF            no overlong form of two-byte characters
 * ED           80..9F      80..BF            no surrogates (U+D800..U+DFFF)
 * E1..EF       80..BF      80..BF
 * F0           90..BF      80..BF 80..BF     no overlong form of three-byte characters
 * F1..F3       80..BF      80..BF 80..BF
 * F4           80..8F      80..BF 80..BF     nothing above U+10FFFF
 * </pre>
 *
 * <p>ASCII is skipped eight bytes at a time. Not thread-safe: one validator belongs to one stream of bytes.
 */
public final class Utf8Validator {
    /** What {@link #validate} returns when nothing is wrong so far. */
    public static final int VALID = -1;

    private static final VarHandle LONGS_OF_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS_OF_BUFFER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** How many bytes the character under way still needs: 0 to 3. */
    private int needed;

    /** What the next byte may be, while {@code needed} is not 0: least and greatest. */
    private int least;

    private int greatest;

    /**
     * Goes on with {@code buffer[from, to)}; position and limit stay.
     *
     * @return {@link #VALID}, or the absolute index of the first byte that no valid text can have here; after that only
     *     {@link #reset} makes sense
     */
    public int validate(ByteBuffer buffer, int from, int to) {
        int i = from;
        while (i < to) {
            int b = buffer.get(i) & 0xFF;
            if (needed > 0) {
                if (b < least || b > greatest) {
                    return i;
                }
                needed--;
                expectContinuation();
            } else if (b < 0x80) {
                i = skipAscii(buffer, i, to);
                continue;
            } else if (!begin(b)) {
                return i;
            }
            i++;
        }
        return VALID;
    }

    /** Whether the bytes so far end at the end of a character. */
    public boolean isComplete() {
        return needed == 0;
    }

    /** Forgets everything: the next byte begins a new text. */
    public void reset() {
        needed = 0;
    }

    /** Takes the first byte of a character of two to four bytes; false if no character begins so. */
    private boolean begin(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        expectContinuation();
        if (b < 0xE0) {
            needed = 1;
        } else if (b < 0xF0) {
            needed = 2;
            if (b == 0xE0) {
                least = 0xA0;
            } else if (b == 0xED) {
                greatest = 0x9F;
            }
        } else {
            needed = 3;
            if (b == 0xF0) {
                least = 0x90;
            } else if (b == 0xF4) {
                greatest = 0x8F;
            }
        }
        return true;
    }

    private void expectContinuation() {
        least = 0x80;
        greatest = 0xBF;
    }

    /** The index of the first byte from {@code from} on that is not ASCII, or {@code to}. */
    private static int skipAscii(ByteBuffer buffer, int from, int to) {
        if (buffer.hasArray()) {
            int base = buffer.arrayOffset();
            return skipAscii(buffer.array(), base + from, base + to) - base;
        }
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            long high = (long) LONGS_OF_BUFFER.get(buffer, i) & HIGH_BITS;
            if (high != 0) {
                return i + (Long.numberOfTrailingZeros(high) >>> 3);
            }
        }
        while (i < to && buffer.get(i) >= 0) {
            i++;
        }
        return i;
    }

    private static int skipAscii(byte[] array, int from, int to) {
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            long high = (long) LONGS_OF_ARRAY.get(array, i) & HIGH_BITS;
            if (high != 0) {
                return i + (Long.numberOfTrailingZeros(high) >>> 3);
            }
        }
        while (i < to && array[i] >= 0) {
            i++;
        }
        return i;
    }
}
