package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        boolean text = (opcode == Opcode.TEXT || opcode == Opcode.CLOSE) && !compressed;
        for (int pieces = 0; at < end; pieces++) {
            if (pieces == MAX_PIECES) {
                explained.add(Piece.REST.at(at, end - at, "count", end - at));
                return;
            }
            int length = text ? characterLength(at, end) : 1;
            explainPiece(at, length, text, compressed);
            at += length;
        }
    }

    private void explainCode(int at) {
        CloseCode code = new CloseCode(unmasked(at) << 8 | unmasked(at + 1));
        String happened = Diagnosis.of(code).happened();
        explained.add(Piece.CLOSE_CODE.at(at, 2, "code", code.value(), "name", code.name(), "happened", happened));
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
        Piece piece;
        if (!text) {
            piece = compressed
                    ? masked ? Piece.COMPRESSED_MASKED : Piece.COMPRESSED
                    : masked ? Piece.BYTE_MASKED : Piece.BYTE;
        } else if (length > 1) {
            piece = masked ? Piece.CHARACTER_MASKED : Piece.CHARACTER;
        } else if (bytes[0] < 0) {
            piece = masked ? Piece.NO_CHARACTER_MASKED : Piece.NO_CHARACTER;
        } else {
            piece = masked ? Piece.CHARACTER_OF_ONE_BYTE_MASKED : Piece.CHARACTER_OF_ONE_BYTE;
        }
        String byteAsHex = hex(bytes[0] & 0xFF);
        String character = text ? character(bytes) : "";
        explained.add(piece.at(
                at,
                length,
                "byte",
                byteAsHex,
                "character",
                character,
                "bytes",
                length,
                "steps",
                masked ? steps(at, length) : ""));
    }

    /** How each byte was unmasked. */
    private String steps(int at, int length) {
        return IntStream.range(at, at + length).mapToObj(this::xor).collect(Collectors.joining(", "));
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

    /** In quotes if it can be shown, else by its number. */
    private static String character(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int point = text.codePointAt(0);
        int type = Character.getType(point);
        boolean hidden = Character.isISOControl(point) || type == Character.FORMAT || type == Character.UNASSIGNED;
        return hidden ? String.format("U+%04X", point) : "'" + text + "'";
    }

    private static String hex(int b) {
        return String.format(Locale.ROOT, "%02x", b);
    }
}
