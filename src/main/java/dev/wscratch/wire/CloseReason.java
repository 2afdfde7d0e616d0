package dev.wscratch.wire;

import java.nio.charset.StandardCharsets;

/**
 * Why a connection is closed: a code and a text for people, as a Close frame carries them (RFC 6455 section 5.5.1).
 *
 * <pre>
 *  0       1       2 …
 * +-------+-------+----------------------+
 * | code, big-end.| reason, UTF-8, ≤ 123 |     125 bytes at most, like every control frame
 * +-------+-------+----------------------+
 * </pre>
 *
 * An empty payload means "no code": it is reported as 1005.
 *
 * @param code the code; one that may not travel, such as 1006, is fine here and is refused by {@link #toPayload}
 * @param reason at most {@value #MAX_REASON_BYTES} bytes of UTF-8, without lone surrogates; may be empty
 */
public record CloseReason(CloseCode code, String reason) {
    /** 125 bytes of a control frame minus the two of the code (sections 5.5 and 5.5.1). */
    public static final int MAX_REASON_BYTES = 123;

    /** What is reported for a Close frame without a code. */
    public static final CloseReason NONE = new CloseReason(CloseCode.NO_STATUS_RECEIVED, "");

    /** Refuses a reason that no Close frame can carry; see {@link #truncated} for text from elsewhere. */
    public CloseReason {
        int length = reason.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException(
                    "Reason is " + length + " bytes; the limit is 123 (125 minus the 2-byte code)");
        }
    }

    /** A code without a text. */
    public static CloseReason of(CloseCode code) {
        return new CloseReason(code, "");
    }

    /**
     * Cuts the text at the last whole code point that fits, and replaces lone surrogates (which UTF-8 cannot express) by
     * U+FFFD.
     */
    public static CloseReason truncated(CloseCode code, String text) {
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int wellFormed = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point;
            bytes += utf8Length(wellFormed);
            if (bytes > MAX_REASON_BYTES) {
                break;
            }
            kept.appendCodePoint(wellFormed);
        }
        return new CloseReason(code, kept.toString());
    }

    /**
     * The payload of the Close frame: empty for {@link CloseCode#NO_STATUS_RECEIVED}.
     *
     * @throws IllegalStateException if the code may not travel
     */
    public byte[] toPayload() {
        if (code.equals(CloseCode.NO_STATUS_RECEIVED)) {
            return new byte[0];
        }
        if (!code.isValidOnWire()) {
            throw new IllegalStateException(
                    code
                            + " may not be sent in a Close frame (RFC 6455 7.4); send 1000 to 1003, 1007 to 1014 or 3000 to 4999");
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code.value() >> 8);
        payload[1] = (byte) code.value();
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** Reads a payload of at least two bytes that {@link CloseCollector} has judged. */
    static CloseReason ofValidPayload(byte[] payload, int length) {
        CloseCode code = new CloseCode((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF));
        return new CloseReason(code, new String(payload, 2, length - 2, StandardCharsets.UTF_8));
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x1_0000 ? 3 : 4;
    }
}
