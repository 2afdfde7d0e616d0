package dev.wscratch.fault;

import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import dev.wscratch.wire.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts what the peer sends together: whole messages of at most 256 KiB, pings, its Close frame. */
final class Inbox {
    /** Who is told. */
    interface Reader {
        void message(Message message);

        void ping(ByteBuffer payload);

        void closed(CloseReason reason);

        void violated(Violation violation);
    }

    /** An echo holds a message and its answer: this much twice, for each connection. */
    static final int LARGEST_MESSAGE = 256 << 10;

    private final FrameParser parser;
    private final Reader reader;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();

    /** A Close frame or a broken rule has ended the stream. */
    private boolean ended;

    Inbox(boolean deflate, Reader reader) {
        this.parser = new FrameParser(Role.SERVER, deflate, new FrameLimits(LARGEST_MESSAGE, 16_384));
        this.reader = reader;
    }

    /** Takes all of {@code in}; unmasks in place. */
    void take(ByteBuffer in) {
        while (!ended) {
            switch (parser.next(in)) {
                case NEED_INPUT -> {
                    return;
                }
                case HEADER -> {}
                case PAYLOAD -> keep();
                case FRAME_END -> endFrame();
                case CLOSED -> {
                    ended = true;
                    reader.closed(parser.closeReason());
                }
                case VIOLATION -> {
                    ended = true;
                    reader.violated(parser.violation());
                }
            }
        }
        in.position(in.limit());
    }

    private void keep() {
        byte[] piece = new byte[parser.payloadTo() - parser.payloadFrom()];
        parser.payload().get(piece);
        (parser.opcode().isControl() ? control : message).writeBytes(piece);
    }

    private void endFrame() {
        if (parser.endsMessage()) {
            Message whole = new Message(
                    parser.messageOpcode(), parser.messageCompressed(), ByteBuffer.wrap(message.toByteArray()));
            message.reset();
            reader.message(whole);
        } else if (parser.opcode().isControl()) {
            ByteBuffer payload = ByteBuffer.wrap(control.toByteArray());
            control.reset();
            if (parser.opcode() == Opcode.PING) {
                reader.ping(payload);
            }
        }
    }
}
