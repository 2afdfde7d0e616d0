package dev.wscratch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of one frame and judges it, each byte as soon as it is there (RFC 6455 section 5.2).
 *
 * <p>There are two ways through the same rules. {@link #tryWhole} takes a header that lies in the buffer in one piece,
 * and only if nothing is wrong with it: it never refuses. {@link #readByte} takes one byte, wherever the network cut the
 * stream, and says which rule the byte broke. What the first way declines goes the second, so a verdict does not depend
 * on how the bytes were cut.
 */
final class HeaderReader {
    private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final boolean maskRequired;
    private final boolean rsv1Claimed;
    private final FrameLimits limits;
    private final MessageProgress message;

    // The header under way, or the last one. Like the parser, one thread at a time.

    /** How many of its bytes have been read. */
    private int read;

    /** How many it has, known with its second byte. */
    private int length = 2;

    private int firstByte;
    private Opcode opcode = Opcode.CONTINUATION;

    /** Bytes of extended payload length: 0, 2 or 8. */
    private int lengthBytes;

    private long payloadLength;
    private int maskingKey;

    HeaderReader(Role receiver, boolean rsv1Claimed, FrameLimits limits, MessageProgress message) {
        this.maskRequired = receiver == Role.SERVER;
        this.rsv1Claimed = rsv1Claimed;
        this.limits = limits;
        this.message = message;
    }

    /** Makes ready for the next header; what the getters say stays until its first byte comes. */
    void begin() {
        read = 0;
    }

    /** Takes the whole header and moves the position past it, or changes nothing of the buffer and returns false. */
    boolean tryWhole(ByteBuffer in) {
        int at = in.position();
        int available = in.limit() - at;
        if (available < 2 || judgeFirst(in.get(at)) != null || judgeSecond(in.get(at + 1)) != null) {
            return false;
        }
        if (available < length) {
            return false;
        }
        if (lengthBytes == 2) {
            payloadLength = (short) SHORT.get(in, at + 2) & 0xFFFF;
        } else if (lengthBytes == 8) {
            payloadLength = (long) LONG.get(in, at + 2);
        }
        if (!isMinimal() || payloadLength > room()) {
            return false;
        }
        if (maskRequired) {
            maskingKey = (int) INT.get(in, at + length - 4);
        }
        read = length;
        in.position(at + length);
        return true;
    }

    /** Takes one byte; the rule it breaks, or null. */
    @Nullable FrameRule readByte(byte b) {
        int index = read++;
        if (index == 0) {
            return judgeFirst(b);
        }
        if (index == 1) {
            return judgeSecond(b);
        }
        if (index < 2 + lengthBytes) {
            return judgeLengthByte(index - 2, b & 0xFF);
        }
        maskingKey = maskingKey << 8 | (b & 0xFF);
        return null;
    }

    /** FIN, RSV1 to RSV3, opcode: everything that the first byte alone decides. */
    private @Nullable FrameRule judgeFirst(byte b) {
        firstByte = b & 0xFF;
        // 5.2: reserved bits are 0 unless an extension that was negotiated defines them. None defines RSV2 or RSV3.
        if ((b & 0x30) != 0 || (rsv1() && !rsv1Claimed)) {
            return FrameRule.RESERVED_BIT_SET;
        }
        Opcode known = Opcode.of(b);
        if (known == null) {
            return FrameRule.RESERVED_OPCODE; // 5.2: "unknown opcode: fail the connection"
        }
        opcode = known;
        if (rsv1() && !known.startsMessage()) {
            return FrameRule.RSV1_MISPLACED; // RFC 7692 6.1: it speaks for the whole message
        }
        if (known.isControl()) {
            return fin() ? null : FrameRule.CONTROL_FRAME_FRAGMENTED; // 5.5
        }
        if (known == Opcode.CONTINUATION) {
            if (!message.isOpen()) {
                return FrameRule.CONTINUATION_WITHOUT_MESSAGE; // 5.4
            }
            return message.fragments() >= limits.maxFragments() ? FrameRule.TOO_MANY_FRAGMENTS : null; // 10.4
        }
        return message.isOpen() ? FrameRule.MESSAGE_INTERRUPTED : null; // 5.4
    }

    /** The mask bit and the seven bits of length. */
    private @Nullable FrameRule judgeSecond(byte b) {
        boolean masked = b < 0;
        if (masked != maskRequired) {
            return maskRequired ? FrameRule.MASK_MISSING : FrameRule.MASK_FORBIDDEN; // 5.1
        }
        int sevenBits = b & 0x7F;
        // 5.2: 126 says "the next two bytes are the length", 127 "the next eight".
        lengthBytes = sevenBits < 126 ? 0 : sevenBits == 126 ? 2 : 8;
        payloadLength = lengthBytes == 0 ? sevenBits : 0;
        length = 2 + lengthBytes + (masked ? 4 : 0);
        if (opcode.isControl()) {
            if (sevenBits > 125) {
                return FrameRule.CONTROL_FRAME_TOO_LONG; // 5.5
            }
            return opcode == Opcode.CLOSE && sevenBits == 1 ? FrameRule.CLOSE_PAYLOAD_OF_ONE_BYTE : null; // 5.5.1
        }
        return payloadLength > room() ? FrameRule.MESSAGE_TOO_BIG : null;
    }

    private @Nullable FrameRule judgeLengthByte(int index, int b) {
        if (index == 0 && lengthBytes == 8 && b > 0x7F) {
            return FrameRule.LENGTH_HIGH_BIT_SET; // 5.2: "the most significant bit MUST be 0"
        }
        payloadLength = payloadLength << 8 | b;
        int left = lengthBytes - 1 - index;
        // With zeros for the bytes to come, this is the least that the length can still be.
        if (payloadLength << (8 * left) > room()) {
            return FrameRule.MESSAGE_TOO_BIG;
        }
        // 5.2: "the minimal number of bytes". Six zeros of eight, and two bytes would have been enough.
        boolean tooLongAForm = lengthBytes == 8 ? index == 5 && payloadLength == 0 : left == 0 && !isMinimal();
        return tooLongAForm ? FrameRule.LENGTH_NOT_MINIMAL : null;
    }

    private boolean isMinimal() {
        return switch (lengthBytes) {
            case 0 -> true;
            case 2 -> payloadLength > 125;
            default -> payloadLength > 0xFFFF;
        };
    }

    /** What a data frame may still bring; a control frame is bounded by its own rule. */
    private long room() {
        return opcode.isControl() ? 125 : maxMessage() - message.lengthBeforeNextFrame();
    }

    /** What the message may come to as it travels; RSV1 of its first frame decides. */
    private long maxMessage() {
        boolean compressed = message.isOpen() ? message.isCompressed() : rsv1();
        return compressed ? limits.maxCompressed() : limits.maxMessage();
    }

    /** What would have been right instead of the byte that broke the rule. */
    String expected(FrameRule broken) {
        return switch (broken) {
            case RESERVED_BIT_SET -> rsv1Claimed ? "RSV2 and RSV3 0" : "RSV1, RSV2 and RSV3 0";
            case RSV1_MISPLACED -> "RSV1 0 on a " + opcode.label() + " frame";
            case RESERVED_OPCODE -> "opcode 0, 1, 2, 8, 9 or A";
            case CONTROL_FRAME_FRAGMENTED -> "FIN 1 on a " + opcode.label() + " frame";
            case CONTROL_FRAME_TOO_LONG -> "at most 125 bytes in a " + opcode.label() + " frame";
            case CONTINUATION_WITHOUT_MESSAGE -> "a text, binary or control frame";
            case MESSAGE_INTERRUPTED -> "a continuation or control frame";
            case TOO_MANY_FRAGMENTS -> "at most " + limits.maxFragments() + " fragments in a message";
            case MASK_MISSING -> "MASK 1 from a client";
            case MASK_FORBIDDEN -> "MASK 0 from a server";
            case LENGTH_NOT_MINIMAL ->
                lengthBytes == 2 ? "two bytes for a length above 125" : "eight bytes for a length above 65535";
            case LENGTH_HIGH_BIT_SET -> "a length up to 2^63 - 1";
            case MESSAGE_TOO_BIG -> "at most " + maxMessage() + " bytes in a message";
            default -> "no payload, or at least the two bytes of a code";
        };
    }

    /** What came instead. */
    String actual(FrameRule broken) {
        return switch (broken) {
            case RESERVED_BIT_SET -> "RSV " + (firstByte >> 6 & 1) + (firstByte >> 5 & 1) + (firstByte >> 4 & 1);
            case RSV1_MISPLACED -> "RSV1 1";
            case RESERVED_OPCODE ->
                "opcode " + Integer.toHexString(firstByte & 0xF).toUpperCase(Locale.ROOT);
            case CONTROL_FRAME_FRAGMENTED -> "FIN 0";
            case CONTROL_FRAME_TOO_LONG -> lengthBytes == 2 ? "a length in two bytes" : "a length in eight bytes";
            case CONTINUATION_WITHOUT_MESSAGE -> "a continuation frame and no message under way";
            case MESSAGE_INTERRUPTED ->
                "a " + opcode.label() + " frame inside a " + message.opcode().label() + " message";
            case TOO_MANY_FRAGMENTS -> "one more";
            case MASK_MISSING -> "MASK 0";
            case MASK_FORBIDDEN -> "MASK 1";
            case LENGTH_NOT_MINIMAL -> "a smaller length in " + (lengthBytes == 2 ? "two bytes" : "eight bytes");
            case LENGTH_HIGH_BIT_SET -> "a length with its highest bit set";
            case MESSAGE_TOO_BIG -> "at least " + leastMessageLength() + " bytes";
            default -> "one byte";
        };
    }

    /** The message so far plus the least that the length bytes read so far can mean; as text, since it may pass 2^63. */
    private BigInteger leastMessageLength() {
        int left = 2 + lengthBytes - read;
        return BigInteger.valueOf(payloadLength << (8 * left)).add(BigInteger.valueOf(message.lengthBeforeNextFrame()));
    }

    boolean isComplete() {
        return read == length;
    }

    int bytesRead() {
        return read;
    }

    /** 2 to 14 bytes. */
    int length() {
        return length;
    }

    boolean fin() {
        return (firstByte & 0x80) != 0;
    }

    boolean rsv1() {
        return (firstByte & 0x40) != 0;
    }

    Opcode opcode() {
        return opcode;
    }

    boolean masked() {
        return maskRequired;
    }

    long payloadLength() {
        return payloadLength;
    }

    int maskingKey() {
        return maskingKey;
    }
}
