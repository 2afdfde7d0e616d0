package dev.wscratch.wire;

/**
 * The header of one frame as a value (RFC 6455 section 5.2; see the package's picture).
 *
 * @param fin the frame is the last, or only, one of its message
 * @param rsv1 "compressed" if permessage-deflate was negotiated, else 0
 * @param rsv2 always 0 so far
 * @param rsv3 always 0 so far
 * @param opcode what the frame is
 * @param masked whether four bytes of masking key end the header
 * @param maskingKey the key, first byte highest; 0 when not masked
 * @param payloadLength 0 to 2^63 - 1 bytes
 */
public record FrameHeader(
        boolean fin,
        boolean rsv1,
        boolean rsv2,
        boolean rsv3,
        Opcode opcode,
        boolean masked,
        int maskingKey,
        long payloadLength) {

    /** Refuses what no header can say: a negative length, or a key without a mask. */
    public FrameHeader {
        if (payloadLength < 0) {
            throw new IllegalArgumentException("payloadLength is 0 to 2^63 - 1, not " + payloadLength);
        }
        if (!masked && maskingKey != 0) {
            throw new IllegalArgumentException("An unmasked frame has no masking key (expected 0)");
        }
    }

    /** A whole message in one unmasked frame, as servers send it. */
    public static FrameHeader unmasked(Opcode opcode, long payloadLength) {
        return new FrameHeader(true, false, false, false, opcode, false, 0, payloadLength);
    }

    /** A whole message in one masked frame, as clients send it. */
    public static FrameHeader masked(Opcode opcode, long payloadLength, int maskingKey) {
        return new FrameHeader(true, false, false, false, opcode, true, maskingKey, payloadLength);
    }

    /** How many bytes this header takes on the wire: 2 to 14. */
    public int length() {
        return FrameSerialiser.headerLength(payloadLength, masked);
    }

    /** The header's first byte: FIN, the three reserved bits, the opcode. */
    public int firstByte() {
        return (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0) | opcode.value();
    }
}
