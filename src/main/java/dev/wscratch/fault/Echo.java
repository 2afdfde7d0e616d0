package dev.wscratch.fault;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How messages are sent back.
 *
 * @param fragment payload bytes of each frame; 0 for whole messages
 * @param bytesPerSecond 0 for all at once
 * @param delay before a message goes back
 * @param jitter up to so much longer; the order of messages stays
 * @param seed of the jitter's random numbers: the same seed gives the same delays
 * @param twist what is wrong with the answer
 */
record Echo(int fragment, int bytesPerSecond, Duration delay, Duration jitter, long seed, Twist twist) {
    /** What is wrong with an answer. All of it is legal WebSocket; only the application is betrayed. */
    enum Twist {
        NONE,
        /** Each message comes back twice. */
        DUPLICATE,
        /** Every second message does not come back. */
        DROP,
        /** Text comes back as binary and binary as text. */
        TYPE,
        /** The second half of each message is missing. */
        TRUNCATE
    }

    static final Echo PLAIN = new Echo(0, 0, Duration.ZERO, Duration.ZERO, 0, Twist.NONE);

    static Echo fragmented(int bytes) {
        return new Echo(bytes, 0, Duration.ZERO, Duration.ZERO, 0, Twist.NONE);
    }

    static Echo slow(int bytesPerSecond) {
        return new Echo(0, bytesPerSecond, Duration.ZERO, Duration.ZERO, 0, Twist.NONE);
    }

    static Echo late(Duration delay, Duration jitter, long seed) {
        return new Echo(0, 0, delay, jitter, seed, Twist.NONE);
    }

    static Echo twisted(Twist twist) {
        return new Echo(0, 0, Duration.ZERO, Duration.ZERO, 0, twist);
    }

    /**
     * The frames that answer a message, in order.
     *
     * @param number of the message, from 0
     */
    List<ByteBuffer> frames(Message message, long number) {
        return switch (twist) {
            case NONE -> cut(message);
            case DUPLICATE -> {
                List<ByteBuffer> twice = new ArrayList<>(cut(message));
                twice.addAll(cut(message));
                yield twice;
            }
            case DROP -> number % 2 == 0 ? cut(message) : List.of();
            case TYPE ->
                cut(new Message(
                        message.opcode() == Opcode.TEXT ? Opcode.BINARY : Opcode.TEXT,
                        message.compressed(),
                        message.payload()));
            case TRUNCATE ->
                cut(new Message(
                        message.opcode(),
                        message.compressed(),
                        message.payload().slice(0, message.payload().remaining() / 2)));
        };
    }

    private List<ByteBuffer> cut(Message message) {
        ByteBuffer payload = message.payload();
        int size = fragment == 0 ? Math.max(1, payload.remaining()) : fragment;
        List<ByteBuffer> frames = new ArrayList<>();
        for (int from = 0; from == 0 || from < payload.remaining(); from += size) {
            ByteBuffer piece = payload.slice(from, Math.min(size, payload.remaining() - from));
            boolean first = from == 0;
            boolean last = from + size >= payload.remaining();
            frames.add(FrameSerialiser.frame(
                    new FrameHeader(
                            last,
                            first && message.compressed(),
                            false,
                            false,
                            first ? message.opcode() : Opcode.CONTINUATION,
                            false,
                            0,
                            piece.remaining()),
                    piece));
        }
        return frames;
    }
}
