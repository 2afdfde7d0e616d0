package dev.wscratch.fault;

import dev.wscratch.wire.CloseCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of frames that {@code wire} would not write: of each frame the first byte, the length form, the payload. */
final class Frames {
    private static final ByteBuffer HELLO = utf8("Hello");

    private Frames() {}

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Digits in pairs; blanks are for the reader. */
    static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** An unmasked frame with the shortest length, whatever its first byte says. */
    static ByteBuffer frame(int firstByte, ByteBuffer payload) {
        int length = payload.remaining();
        return join(length <= 125 ? header7(firstByte, length) : header(firstByte, length), payload);
    }

    static ByteBuffer hello(int firstByte) {
        return frame(firstByte, HELLO);
    }

    /** A header that announces a length in its shortest form. */
    static ByteBuffer header(int firstByte, long length) {
        if (length <= 125) {
            return header7(firstByte, (int) length);
        }
        return length <= 0xFFFF ? header16(firstByte, (int) length) : header64(firstByte, length);
    }

    private static ByteBuffer header7(int firstByte, int length) {
        return ByteBuffer.allocate(2).put((byte) firstByte).put((byte) length).flip();
    }

    /** A header with 16 bits of length, needed or not. */
    static ByteBuffer header16(int firstByte, int length) {
        return ByteBuffer.allocate(4)
                .put((byte) firstByte)
                .put((byte) 126)
                .putShort((short) length)
                .flip();
    }

    /** A header with 64 bits of length, needed or not. */
    static ByteBuffer header64(int firstByte, long length) {
        return ByteBuffer.allocate(10)
                .put((byte) firstByte)
                .put((byte) 127)
                .putLong(length)
                .flip();
    }

    /** Also with a code that must never travel. */
    static ByteBuffer close(int code, String reason) {
        ByteBuffer text = utf8(reason);
        return frame(
                0x88,
                ByteBuffer.allocate(2 + text.remaining())
                        .putShort((short) code)
                        .put(text)
                        .flip());
    }

    static ByteBuffer close(CloseCode code, String reason) {
        return close(code.value(), reason);
    }

    static ByteBuffer join(ByteBuffer... parts) {
        int size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (ByteBuffer part : parts) {
            all.put(part.duplicate());
        }
        return all.flip();
    }
}
