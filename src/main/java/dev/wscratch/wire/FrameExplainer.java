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
    private static final String FRAMING = "RFC 6455 5.2";

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
            addIfThere(
                    keyAt,
                    4,
                    "masking key",
                    "Four random bytes that the client chose for this frame: each payload byte is XORed with one of them.",
                    "RFC 6455 5.3");
        }
        if (frame.limit() <= payloadAt) {
            return;
        }
        long length = sevenBits;
        if (lengthBytes > 0) {
            length = lengthBytes == 2 ? frame.getShort(2) & 0xFFFF : frame.getLong(2);
        }
        // A length with its high bit set is negative here: then every byte that is there is payload.
        int end = length < 0 ? frame.limit() : (int) Math.min(payloadAt + length, frame.limit());
        int key = masked ? frame.getInt(keyAt) : 0;
        boolean compressed = (first & 0x40) != 0;
        Opcode opcode = Opcode.of(first) == Opcode.CONTINUATION ? message : Opcode.of(first);
        new PayloadExplainer(frame, key, masked, explained).explain(payloadAt, end, opcode, compressed);
    }

    private void explainFirst(int b) {
        Opcode opcode = Opcode.of(b);
        boolean fin = (b & 0x80) != 0;
        int reserved = b >> 4 & 7;
        String kind = opcode == null ? "reserved" : opcode.label();
        String label = "FIN=" + bit(fin) + " RSV=" + binary(reserved) + " opcode="
                + Integer.toHexString(b & 0xF).toUpperCase(Locale.ROOT) + " (" + kind + ")";
        List<Bits> bits = List.of(
                new Bits(
                        0x80,
                        "FIN=" + bit(fin),
                        fin ? "This frame ends its message." : "More frames of this message follow.",
                        FRAMING),
                reservedBit(
                        0x40, "RSV1", b, "The message is compressed, if permessage-deflate was agreed.", "RFC 7692 6"),
                reservedBit(0x20, "RSV2", b, FrameRule.RESERVED_BIT_SET.sentence(), FRAMING),
                reservedBit(0x10, "RSV3", b, FrameRule.RESERVED_BIT_SET.sentence(), FRAMING),
                new Bits(0x0F, "opcode=" + kind, FrameWords.ofOpcode(opcode), FRAMING));
        explained.add(new ExplainedBytes(0, 1, label, FrameWords.ofFrame(opcode, fin), FRAMING, bits));
    }

    private static Bits reservedBit(int mask, String name, int b, String ifSet, String section) {
        return (b & mask) == 0
                ? new Bits(mask, name + "=0", "Kept free for extensions; 0 as long as none uses it.", FRAMING)
                : new Bits(mask, name + "=1", ifSet, section);
    }

    private void explainSecond(int b) {
        boolean masked = (b & 0x80) != 0;
        int length = b & 0x7F;
        String mask = masked
                ? "The payload is masked, as everything a client sends"
                : "The payload is not masked, as everything a server sends";
        String size = FrameWords.ofSevenBits(length);
        List<Bits> bits = List.of(
                new Bits(0x80, "MASK=" + bit(masked), mask + ".", "RFC 6455 5.1"),
                new Bits(0x7F, "length=" + length, size, FRAMING));
        explained.add(new ExplainedBytes(
                1, 1, "MASK=" + bit(masked) + " length=" + length, mask + ". " + size, FRAMING, bits));
    }

    private void explainLength(int bytes) {
        boolean whole = frame.limit() >= 2 + bytes;
        long length = !whole ? 0 : bytes == 2 ? frame.getShort(2) & 0xFFFF : frame.getLong(2);
        String label = whole ? "length=" + Long.toUnsignedString(length) : "length (cut short)";
        addIfThere(
                2,
                bytes,
                label,
                "The payload's length as a number of " + 8 * bytes + " bits, highest byte first.",
                FRAMING);
    }

    /** As much of the bytes as the frame still has. */
    private void addIfThere(int offset, int length, String label, String sentence, String section) {
        int there = Math.min(length, frame.limit() - offset);
        if (there > 0) {
            explained.add(ExplainedBytes.of(offset, there, label, sentence, section));
        }
    }

    private static String bit(boolean set) {
        return set ? "1" : "0";
    }

    private static String binary(int threeBits) {
        return "" + (threeBits >> 2) + (threeBits >> 1 & 1) + (threeBits & 1);
    }
}
