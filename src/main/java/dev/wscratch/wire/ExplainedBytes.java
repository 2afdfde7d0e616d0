package dev.wscratch.wire;

import java.util.List;

/**
 * Some bytes of the wire, explained. The explanations of one frame or head follow each other without a gap.
 *
 * @param offset of the first byte, from the beginning of the frame or head
 * @param length in bytes, at least 1
 * @param label short, such as {@code MASK=1 length=5}
 * @param sentence what the bytes say, in one plain sentence
 * @param section where the rule stands, such as {@code RFC 6455 5.2}
 * @param bits the parts of a single byte that means several things, highest bit first; else empty
 */
public record ExplainedBytes(int offset, int length, String label, String sentence, String section, List<Bits> bits) {
    /**
     * Some bits of a byte.
     *
     * @param mask which bits: 0x80 is the first on the wire
     */
    public record Bits(int mask, String label, String sentence, String section) {}

    public ExplainedBytes {
        bits = List.copyOf(bits);
    }

    static ExplainedBytes of(int offset, int length, String label, String sentence, String section) {
        return new ExplainedBytes(offset, length, label, sentence, section, List.of());
    }

    ExplainedBytes withBits(List<Bits> parts) {
        return new ExplainedBytes(offset, length, label, sentence, section, parts);
    }
}
