package dev.wscratch.wire;

import java.nio.ByteBuffer;

/**
 * Writes frames (RFC 6455 section 5.2).
 *
 * <p>It writes what it is told to, also what a peer must refuse (reserved bits, a mask from a server): tests and faults
 * need that, and the judging is {@link FrameParser}'s. Only the length is always in its shortest form.
 *
 * <p>All methods are stateless and safe for any thread. They write at the buffer's position, in network byte order
 * whatever the buffer's own is, and throw {@link java.nio.BufferOverflowException} if it is too small.
 */
public final class FrameSerialiser {
    /** The longest header: two bytes, eight of length, four of key. */
    public static final int MAX_HEADER_LENGTH = 14;

    private FrameSerialiser() {}

    /** How many bytes the header of a frame with this payload takes: 2, 4 or 10, and 4 more for a masking key. */
    public static int headerLength(long payloadLength, boolean masked) {
        int unmasked = payloadLength <= 125 ? 2 : payloadLength <= 0xFFFF ? 4 : 10;
        return masked ? unmasked + 4 : unmasked;
    }

    /** Writes the header of an unmasked frame, as servers send it, without allocating. */
    public static void writeHeader(ByteBuffer out, boolean fin, boolean rsv1, Opcode opcode, long payloadLength) {
        out.put((byte) ((fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode.value()));
        writeLength(out, 0, payloadLength);
    }

    /**
     * Writes the header of a masked frame, as clients send it, without allocating. The payload after it is the caller's
     * to mask: {@link Masking#apply}.
     *
     * @param maskingKey unpredictable, fresh for each frame (section 5.3)
     */
    public static void writeMaskedHeader(
            ByteBuffer out, boolean fin, boolean rsv1, Opcode opcode, long payloadLength, int maskingKey) {
        out.put((byte) ((fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode.value()));
        writeLength(out, 0x80, payloadLength);
        writeInt(out, maskingKey);
    }

    /** Writes any header, exactly as it stands. */
    public static void writeHeader(ByteBuffer out, FrameHeader header) {
        out.put((byte) header.firstByte());
        writeLength(out, header.masked() ? 0x80 : 0, header.payloadLength());
        if (header.masked()) {
            writeInt(out, header.maskingKey());
        }
    }

    /**
     * Writes header and payload, masking the written copy if the header says so. The payload's own bytes, position and
     * limit stay as they are.
     *
     * @throws IllegalArgumentException if the header announces another length than the payload has
     */
    public static void writeFrame(ByteBuffer out, FrameHeader header, ByteBuffer payload) {
        if (header.payloadLength() != payload.remaining()) {
            throw new IllegalArgumentException("The header announces " + header.payloadLength()
                    + " payload bytes, the payload has " + payload.remaining());
        }
        writeHeader(out, header);
        int from = out.position();
        out.put(payload.duplicate());
        Masking.apply(out, from, out.position(), header.maskingKey(), 0);
    }

    /** One whole frame in a buffer of its own, ready to be read. */
    public static ByteBuffer frame(FrameHeader header, ByteBuffer payload) {
        ByteBuffer out = ByteBuffer.allocate(header.length() + payload.remaining());
        writeFrame(out, header, payload);
        return out.flip();
    }

    /** A Close frame as a server sends it. */
    public static ByteBuffer close(CloseReason reason) {
        ByteBuffer payload = ByteBuffer.wrap(reason.toPayload());
        return frame(FrameHeader.unmasked(Opcode.CLOSE, payload.remaining()), payload);
    }

    /** A Close frame as a client sends it. */
    public static ByteBuffer maskedClose(CloseReason reason, int maskingKey) {
        ByteBuffer payload = ByteBuffer.wrap(reason.toPayload());
        return frame(FrameHeader.masked(Opcode.CLOSE, payload.remaining(), maskingKey), payload);
    }

    /**
     * A Ping as a server sends it.
     *
     * @param payload at most 125 bytes (section 5.5); comes back in the Pong
     */
    public static ByteBuffer ping(ByteBuffer payload) {
        return control(Opcode.PING, payload);
    }

    /**
     * A Pong as a server sends it: the answer carries the Ping's payload (section 5.5.3).
     *
     * @param payload at most 125 bytes
     */
    public static ByteBuffer pong(ByteBuffer payload) {
        return control(Opcode.PONG, payload);
    }

    private static ByteBuffer control(Opcode opcode, ByteBuffer payload) {
        if (payload.remaining() > 125) {
            throw new IllegalArgumentException(
                    "A " + opcode.label() + " carries at most 125 bytes (RFC 6455 5.5), not " + payload.remaining());
        }
        return frame(FrameHeader.unmasked(opcode, payload.remaining()), payload);
    }

    /** The second byte and what extends it: 7 bits, or 126 and 16 bits, or 127 and 64 bits (section 5.2). */
    private static void writeLength(ByteBuffer out, int maskBit, long payloadLength) {
        if (payloadLength <= 125) {
            out.put((byte) (maskBit | (int) payloadLength));
        } else if (payloadLength <= 0xFFFF) {
            out.put((byte) (maskBit | 126));
            out.put((byte) (payloadLength >> 8));
            out.put((byte) payloadLength);
        } else {
            out.put((byte) (maskBit | 127));
            writeInt(out, (int) (payloadLength >> 32));
            writeInt(out, (int) payloadLength);
        }
    }

    /** Big-endian by hand: the caller's buffer may be set to another order. */
    private static void writeInt(ByteBuffer out, int value) {
        out.put((byte) (value >> 24));
        out.put((byte) (value >> 16));
        out.put((byte) (value >> 8));
        out.put((byte) value);
    }
}
