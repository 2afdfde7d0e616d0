package dev.wscratch.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects and judges the payload of the one Close frame that a peer sends (RFC 6455 section 5.5.1): nothing, or a code
 * of two bytes and a reason in UTF-8. It is at most 125 bytes, so this is the one payload the parser keeps.
 */
final class CloseCollector {
    private final Utf8Validator utf8 = new Utf8Validator();

    /** Made when the first byte comes: most connections never see one. */
    private byte @Nullable [] payload;

    /** How many bytes have come. */
    private int length;

    /**
     * What is wrong with a Close frame.
     *
     * @param index the guilty byte of the payload, from 0
     */
    record Fault(FrameRule rule, int index, String expected, String actual) {}

    /** Takes the next unmasked bytes; what is wrong with them, or null. */
    @Nullable Fault take(ByteBuffer in, int from, int to) {
        byte[] bytes = payload;
        if (bytes == null) {
            bytes = new byte[125];
            payload = bytes;
        }
        int i = from;
        for (; i < to && length < 2; i++) {
            bytes[length++] = in.get(i);
            Fault fault = judgeCode(bytes);
            if (fault != null) {
                return fault;
            }
        }
        int guilty = utf8.validate(in, i, to);
        if (guilty != Utf8Validator.VALID) {
            return new Fault(
                    FrameRule.CLOSE_REASON_NOT_UTF8,
                    length + guilty - i,
                    "a reason in UTF-8",
                    hex(in.get(guilty)) + " where it cannot stand");
        }
        for (; i < to; i++) {
            bytes[length++] = in.get(i);
        }
        return null;
    }

    /** 7.4: many codes are hopeless from their first byte on. */
    private @Nullable Fault judgeCode(byte[] bytes) {
        String expected = "a code that may be sent (1000 to 1003, 1007 to 1014, 3000 to 4999)";
        int high = bytes[0] & 0xFF;
        if (length == 1) {
            String range = "a code from " + (high << 8) + " to " + (high << 8 | 0xFF);
            return CloseCode.canBeginWith(high) ? null : new Fault(FrameRule.CLOSE_CODE_INVALID, 0, expected, range);
        }
        CloseCode code = new CloseCode(high << 8 | (bytes[1] & 0xFF));
        return code.isValidOnWire() ? null : new Fault(FrameRule.CLOSE_CODE_INVALID, 1, expected, code.toString());
    }

    /** Whether the reason does not end inside a character. */
    boolean isComplete() {
        return utf8.isComplete();
    }

    CloseReason reason() {
        byte[] bytes = payload;
        return bytes == null ? CloseReason.NONE : CloseReason.ofValidPayload(bytes, length);
    }

    static String hex(byte b) {
        return String.format("byte 0x%02X", b);
    }
}
