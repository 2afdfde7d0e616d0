package dev.wscratch.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Close frame a client sends (RFC 6455 section 5.5.1): Tyrus cannot send one without a code, and ends the TCP
 * connection right behind it.
 *
 * @param code the code, or null for an empty frame
 * @param reason at most 123 bytes of UTF-8
 */
record CloseFrame(@Nullable Integer code, String reason) {
    /** 125 bytes of a control frame less the two of the code. */
    private static final int MAX_REASON = 123;

    /** Section 5.3 asks for a key that nobody can predict. */
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What an application may ask for (WHATWG WebSockets section 3.1, {@code close()}).
     *
     * @throws IllegalArgumentException if it may not
     */
    static CloseFrame asked(int code, String reason) {
        if (code != 1000 && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException("close code: expected 1000 or 3000 to 4999, got " + code);
        }
        int length = reason.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_REASON) {
            throw new IllegalArgumentException("close reason: expected at most " + MAX_REASON
                    + " bytes of UTF-8 (125 minus the 2-byte code), got " + length);
        }
        return new CloseFrame(code, reason);
    }

    /** The answer to the server's Close frame: the same code, section 5.5.1. */
    static CloseFrame answer(CloseEvent received) {
        return new CloseFrame(received.code() == 1005 ? null : received.code(), "");
    }

    /** The frame as it travels, masked. */
    ByteBuffer toBytes() {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = code == null ? 0 : 2 + text.length;
        byte[] key = new byte[4];
        RANDOM.nextBytes(key);
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (length > 0) {
            payload.putShort((short) Objects.requireNonNull(code).intValue()).put(text);
        }
        ByteBuffer frame = ByteBuffer.allocate(6 + length);
        frame.put((byte) 0x88).put((byte) (0x80 | length)).put(key);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload.get(i) ^ key[i & 3]));
        }
        return frame.flip();
    }
}
