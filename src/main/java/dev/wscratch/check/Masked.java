package dev.wscratch.check;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;

/**
 * Frames as a client sends them, and such as no client may send. The key is the same in every run, so that what a report
 * shows is what will be sent again.
 */
final class Masked {
    /** The key of RFC 6455's examples. */
    static final int KEY = 0x37FA213D;

    static final int FIN = 0x80;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private Masked() {}

    static Bytes frame(int firstByte, Bytes payload) {
        return frame(firstByte, payload, KEY);
    }

    static Bytes frame(int firstByte, Bytes payload, int key) {
        ByteBuffer frame =
                FrameSerialiser.frame(FrameHeader.masked(Opcode.BINARY, payload.length(), key), payload.buffer());
        return Bytes.of(frame.put(0, (byte) firstByte));
    }

    static Bytes unmasked(int firstByte, Bytes payload) {
        ByteBuffer frame =
                FrameSerialiser.frame(FrameHeader.unmasked(Opcode.BINARY, payload.length()), payload.buffer());
        return Bytes.of(frame.put(0, (byte) firstByte));
    }

    static Bytes text(String text) {
        return text(Bytes.utf8(text));
    }

    static Bytes text(Bytes text) {
        return frame(FIN | TEXT, text);
    }

    static Bytes binary(Bytes payload) {
        return frame(FIN | BINARY, payload);
    }

    static Bytes ping(String payload) {
        return frame(FIN | PING, Bytes.utf8(payload));
    }

    /** One that begins a message. */
    static Bytes first(int opcode, Bytes payload) {
        return frame(opcode, payload);
    }

    static Bytes more(Bytes payload) {
        return frame(0, payload);
    }

    static Bytes last(Bytes payload) {
        return frame(FIN, payload);
    }

    static Bytes close(int code, Bytes reason) {
        return frame(FIN | CLOSE, Bytes.join(Bytes.of((byte) (code >> 8), (byte) code), reason));
    }

    static Bytes close(int code) {
        return close(code, Bytes.NONE);
    }

    /** With the length in 16 bits, needed or not. */
    static Bytes with16(int firstByte, Bytes payload) {
        Bytes masked = frame(firstByte, payload);
        int from = masked.length() - payload.length() - 4;
        int length = payload.length();
        return Bytes.join(
                Bytes.of((byte) firstByte, (byte) 0xFE, (byte) (length >> 8), (byte) length),
                masked.part(from, masked.length()));
    }

    /** With the length in 64 bits, needed or not. */
    static Bytes with64(int firstByte, Bytes payload) {
        Bytes masked = frame(firstByte, payload);
        int from = masked.length() - payload.length() - 4;
        return Bytes.join(header64(firstByte, payload.length()), masked.part(from, masked.length()));
    }

    /** A masked header that announces any 64 bits, without its key. */
    static Bytes header64(int firstByte, long length) {
        return Bytes.of(ByteBuffer.allocate(10)
                .put((byte) firstByte)
                .put((byte) 0xFF)
                .putLong(length)
                .flip());
    }

    static Bytes key() {
        return Bytes.of(ByteBuffer.allocate(4).putInt(KEY).flip());
    }
}
