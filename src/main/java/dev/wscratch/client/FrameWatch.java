package dev.wscratch.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows the frames of the server's byte stream (RFC 6455 section 5.2) far enough to catch its Close frame before Tyrus
 * sees it, and to refuse masked frames, which Tyrus would accept.
 *
 * <p>Tyrus would answer a Close frame by itself, replace some codes, and end the TCP connection at once; the browser's
 * lifecycle needs the frame as it came. Used by the connection's reading thread only.
 */
final class FrameWatch {
    private static final int CLOSE = 0x88;

    /** The bytes of the header under way, as far as they have come. */
    private final byte[] header = new byte[10];

    /** How many bytes of {@link #header} are there. */
    private int headerLength;

    /** Payload bytes still to come of the frame under way. */
    private long payloadLeft;

    /** The payload of the Close frame, once its header is known. */
    private @Nullable ByteBuffer closePayload;

    private @Nullable CloseEvent close;
    private @Nullable String fault;
    private int faultCode;

    /**
     * Looks at the next bytes of the stream; {@code bytes} is read to its end.
     *
     * @return how many of them, from the start, belong to frames that Tyrus should see
     */
    int scan(ByteBuffer bytes) {
        int forTyrus = 0;
        while (bytes.hasRemaining() && close == null && fault == null) {
            if (closePayload != null) {
                closePayload.put(bytes.get());
                finishClose(closePayload);
            } else if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, bytes.remaining());
                bytes.position(bytes.position() + skipped);
                payloadLeft -= skipped;
                forTyrus += skipped;
            } else {
                header[headerLength++] = bytes.get();
                forTyrus += (header[0] & 0xFF) == CLOSE ? 0 : 1;
                readHeader();
            }
        }
        return forTyrus;
    }

    /** The server's Close frame once it is complete: its code and reason. */
    @Nullable CloseEvent close() {
        return close;
    }

    /** What was wrong with a frame, or null. */
    @Nullable String fault() {
        return fault;
    }

    /** The close code for {@link #fault}: 1002 or 1007. */
    int faultCode() {
        return faultCode;
    }

    private void readHeader() {
        if (headerLength < 2) {
            return;
        }
        boolean isClose = (header[0] & 0xFF) == CLOSE;
        int shortLength = header[1] & 0x7F;
        if ((header[1] & 0x80) != 0) {
            fail(1002, "the server sent a masked frame; servers must not mask (RFC 6455 section 5.1)");
        } else if (isClose && (shortLength > 125 || shortLength == 1)) {
            fail(
                    1002,
                    "the server sent a Close frame with a bad length; expected 0 or 2 to 125 bytes"
                            + " (RFC 6455 section 5.5)");
        } else if (isClose) {
            closePayload = ByteBuffer.allocate(shortLength);
            finishClose(closePayload);
        } else if (headerLength == (shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10)) {
            payloadLeft = shortLength;
            if (shortLength == 126) {
                payloadLeft = ByteBuffer.wrap(header).getShort(2) & 0xFFFF;
            } else if (shortLength == 127) {
                // A length with the top bit set is negative here: it is Tyrus that refuses it.
                payloadLeft = ByteBuffer.wrap(header).getLong(2);
            }
            headerLength = 0;
        }
    }

    private void finishClose(ByteBuffer payload) {
        if (payload.hasRemaining()) {
            return;
        }
        payload.flip();
        if (!payload.hasRemaining()) {
            close = new CloseEvent(1005, "", true);
            return;
        }
        int code = payload.getShort() & 0xFFFF;
        if (!mayBeSent(code)) {
            fail(
                    1002,
                    "the server sent the close code " + code
                            + "; expected 1000 to 1003, 1007 to 1014 or 3000 to 4999 (RFC 6455 section 7.4)");
            return;
        }
        try {
            CharBuffer reason = StandardCharsets.UTF_8.newDecoder().decode(payload);
            close = new CloseEvent(code, reason.toString(), true);
        } catch (CharacterCodingException e) {
            fail(1007, "the server sent a close reason that is not UTF-8 (RFC 6455 section 8.1): " + e.getMessage());
        }
    }

    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private void fail(int code, String message) {
        faultCode = code;
        fault = message;
    }
}
