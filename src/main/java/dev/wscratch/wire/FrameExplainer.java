package dev.wscratch.wire;

import dev.wscratch.wire.ExplainedBytes.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says of each byte of a frame what it is (RFC 6455 section 5.2). It explains whatever it gets, wrong or cut short, and
 * judges nothing: that is {@link FrameParser}'s.
 */
public final class FrameExplainer {
    private final ByteBuffer frame;
    private final List<ExplainedBytes> explained = new ArrayList<>();

    private FrameExplainer(ByteBuffer frame) {
        this.frame = frame;
    }

    /**
     * Explains one frame.
     *
     * @param frame its raw bytes, masked as they travelled; what comes after it is left alone, and so are position and
     *     limit
     * @param message TEXT or BINARY for a continuation frame, if it is known what it continues; else null
     */
    public static List<ExplainedBytes> explain(ByteBuffer frame, @Nullable Opcode message) {
        FrameExplainer explainer = new FrameExplainer(frame.slice());
        explainer.explainAll(message);
        return List.copyOf(explainer.explained);
    }

    private void explainAll(@Nullable Opcode message) {
        if (frame.limit() == 0) {
            return;
        }
        int first = frame.get(0) & 0xFF;
        explainFirst(first);
        if (frame.limit() == 1) {
            return;
        }
        int second = frame.get(1) & 0xFF;
        explainSecond(second);
        boolean masked = (second & 0x80) != 0;
        int sevenBits = second & 0x7F;
        int lengthBytes = sevenBits < 126 ? 0 : sevenBits == 126 ? 2 : 8;
        int keyAt = 2 + lengthBytes;
        if (lengthBytes > 0) {
            explainLength(lengthBytes);
        }
        int payloadAt = keyAt + (masked ? 4 : 0);
        if (masked) {
            addIfThere(Piece.MASKING_KEY, keyAt, 4);
        }
        if (frame.limit() <= payloadAt) {
            return;
        }
        long length = sevenBits;
        if (lengthBytes > 0) {
            length = lengthBytes == 2 ? frame.getShort(2) & 0xFFFF : frame.getLong(2);
        }
        int there = frame.limit() - payloadAt;
        // A length with its high bit set is negative here: then every byte that is there is payload.
        int end = payloadAt + (length < 0 ? there : (int) Math.min(length, there));
        int key = masked ? frame.getInt(keyAt) : 0;
        Opcode opcode = Opcode.of(first) == Opcode.CONTINUATION ? message : Opcode.of(first);
        // RFC 7692 section 5: a control frame is never compressed.
        boolean compressed = (first & 0x40) != 0 && (opcode == null || !opcode.isControl());
        new PayloadExplainer(frame, key, masked, explained).explain(payloadAt, end, opcode, compressed);
    }

    private void explainFirst(int b) {
        Opcode opcode = Opcode.of(b);
        boolean fin = (b & 0x80) != 0;
        String kind = opcode == null ? FrameWords.RESERVED : opcode.label();
        List<Bits> bits = List.of(
                (fin ? Piece.FIN_SET : Piece.FIN_CLEAR).bits(0x80),
                reservedBit(0x40, "RSV1", b, Piece.RSV1_SET),
                reservedBit(0x20, "RSV2", b, Piece.RSV_SET),
                reservedBit(0x10, "RSV3", b, Piece.RSV_SET),
                Piece.OPCODE.bits(0x0F, "kind", kind, "opcode", FrameWords.ofOpcode(opcode)));
        ExplainedBytes first = Piece.FIRST_BYTE.at(
                0,
                1,
                "fin",
                b >> 7,
                "rsv",
                "" + (b >> 6 & 1) + (b >> 5 & 1) + (b >> 4 & 1),
                "opcode",
                Integer.toHexString(b & 0xF).toUpperCase(Locale.ROOT),
                "kind",
                kind,
                "frame",
                FrameWords.ofFrame(opcode, fin));
        explained.add(first.withBits(bits));
    }

    private static Bits reservedBit(int mask, String name, int b, Piece ifSet) {
        return ((b & mask) == 0 ? Piece.RSV_CLEAR : ifSet).bits(mask, "bit", name);
    }

    private void explainSecond(int b) {
        boolean masked = (b & 0x80) != 0;
        int length = b & 0x7F;
        Bits size = Piece.ofSevenBits(length).bits(0x7F, "length", length);
        ExplainedBytes second = (masked ? Piece.SECOND_BYTE_MASKED : Piece.SECOND_BYTE_UNMASKED)
                .at(1, 1, "length", length, "size", size.sentence());
        explained.add(second.withBits(List.of((masked ? Piece.MASK_SET : Piece.MASK_CLEAR).bits(0x80), size)));
    }

    private void explainLength(int bytes) {
        boolean whole = frame.limit() >= 2 + bytes;
        long length = !whole ? 0 : bytes == 2 ? frame.getShort(2) & 0xFFFF : frame.getLong(2);
        addIfThere(
                whole ? Piece.EXTENDED_LENGTH : Piece.EXTENDED_LENGTH_CUT,
                2,
                bytes,
                "length",
                Long.toUnsignedString(length),
                "bits",
                8 * bytes);
    }

    /** As much of the bytes as the frame still has. */
    private void addIfThere(Piece piece, int offset, int length, Object... namesAndValues) {
        int there = Math.min(length, frame.limit() - offset);
        if (there > 0) {
            explained.add(piece.at(offset, there, namesAndValues));
        }
    }
}
