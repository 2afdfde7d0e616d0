package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains a frame's payload: text by its characters, everything else by its bytes, the start of it at least. */
final class PayloadExplainer {
    /** What comes after so many pieces is explained in one. */
    static final int MAX_PIECES = 128;

    private final ByteBuffer frame;
    private final int key;
    private final boolean masked;
    private final List<ExplainedBytes> explained;
    private int payloadAt;

    PayloadExplainer(ByteBuffer frame, int key, boolean masked, List<ExplainedBytes> explained) {
        this.frame = frame;
        this.key = key;
        this.masked = masked;
        this.explained = explained;
    }

    void explain(int from, int end, @Nullable Opcode opcode, boolean compressed) {
        payloadAt = from;
        int at = from;
        if (opcode == Opcode.CLOSE && end - from >= 2) {
            explainCode(from);
            at += 2;
        }
        boolean text = (opcode == Opcode.TEXT && !compressed) || opcode == Opcode.CLOSE;
        for (int pieces = 0; at < end; pieces++) {
            if (pieces == MAX_PIECES) {
                String sentence = "The rest of the payload, of the same kind.";
                explained.add(ExplainedBytes.of(at, end - at, (end - at) + " more bytes", sentence, "RFC 6455 5.2"));
                return;
            }
            int length = text ? characterLength(at, end) : 1;
            explainPiece(at, length, text, compressed);
            at += length;
        }
    }

    private void explainCode(int at) {
        CloseCode code = new CloseCode(unmasked(at) << 8 | unmasked(at + 1));
        String sentence = Diagnosis.of(code).happened();
        explained.add(ExplainedBytes.of(
                at, 2, "code=" + code, "The close code, highest byte first. " + sentence, "RFC 6455 7.4"));
    }

    /** The bytes of the character that begins here; 1 for a byte that begins none, or if it is cut. */
    private int characterLength(int at, int end) {
        int first = unmasked(at);
        int length = first < 0xC2 || first > 0xF4 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > end) {
            return 1;
        }
        return new Utf8Validator().validate(ByteBuffer.wrap(unmaskedBytes(at, length)), 0, length)
                        == Utf8Validator.VALID
                ? length
                : 1;
    }

    private void explainPiece(int at, int length, boolean text, boolean compressed) {
        byte[] bytes = unmaskedBytes(at, length);
        String what = text ? character(bytes) : hex(bytes[0] & 0xFF);
        StringBuilder sentence = new StringBuilder(text ? "The character " + what : "The byte " + what);
        if (text) {
            sentence.append(length == 1 ? ", one byte of UTF-8" : ", " + length + " bytes of UTF-8");
        }
        if (compressed) {
            sentence.append(", compressed");
        }
        if (masked) {
            sentence.append("; masked: ");
            for (int i = 0; i < length; i++) {
                sentence.append(i == 0 ? "" : ", ").append(xor(at + i));
            }
        }
        String section = masked ? "RFC 6455 5.3" : text ? "RFC 6455 5.6" : "RFC 6455 5.2";
        explained.add(ExplainedBytes.of(at, length, what, sentence.append('.').toString(), section));
    }

    private String xor(int at) {
        return hex(frame.get(at) & 0xFF) + " ⊕ " + hex(keyByte(at)) + " = " + hex(unmasked(at));
    }

    private int keyByte(int at) {
        return key >>> (24 - 8 * (at - payloadAt & 3)) & 0xFF;
    }

    private int unmasked(int at) {
        return (frame.get(at) & 0xFF) ^ keyByte(at);
    }

    private byte[] unmaskedBytes(int at, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) unmasked(at + i);
        }
        return bytes;
    }

    /** In quotes if it can be shown, by its number if it is a control character, as a byte if it is no character. */
    private static String character(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int point = text.codePointAt(0);
        if (bytes.length == 1 && bytes[0] < 0) {
            return hex(bytes[0] & 0xFF) + " (not UTF-8 by itself)";
        }
        int type = Character.getType(point);
        boolean hidden = Character.isISOControl(point) || type == Character.FORMAT || type == Character.UNASSIGNED;
        return hidden ? String.format("U+%04X", point) : "'" + text + "'";
    }

    private static String hex(int b) {
        return String.format(Locale.ROOT, "%02x", b);
    }
}
