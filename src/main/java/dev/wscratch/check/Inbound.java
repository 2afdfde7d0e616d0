package dev.wscratch.check;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.MessageInflater;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The peer's bytes, read as frames by the letter of the RFC and given out as events. */
final class Inbound implements AutoCloseable {
    /** Nothing that a case sends is longer than 32 MiB, so that no echo is either. */
    private static final long LARGEST_MESSAGE = 33L << 20;

    private final FrameParser parser;
    private final @Nullable MessageInflater inflater;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();
    private final Deque<Event> events = new ArrayDeque<>();

    /** The payload of the last ping, while it is not answered; those before it need no answer (5.5.3). */
    private @Nullable Bytes ping;

    /** A Close frame or a broken rule: what comes behind it does not count. */
    private boolean over;

    /**
     * A reader of frames.
     *
     * @param receiver who we are
     * @param agreed for compression, or null
     */
    Inbound(Role receiver, @Nullable DeflateParameters agreed) {
        parser = new FrameParser(receiver, agreed != null, new FrameLimits(LARGEST_MESSAGE, 1 << 20));
        boolean alone = agreed != null
                && (receiver == Role.CLIENT ? agreed.serverNoContextTakeover() : agreed.clientNoContextTakeover());
        inflater = agreed == null ? null : new MessageInflater(!alone, LARGEST_MESSAGE);
    }

    void take(ByteBuffer bytes) {
        while (!over) {
            FrameParser.Step step = parser.next(bytes);
            switch (step) {
                case NEED_INPUT -> {
                    return;
                }
                case HEADER -> begin();
                case PAYLOAD ->
                    (parser.opcode().isControl() ? control : message)
                            .writeBytes(Bytes.of(parser.payload()).toArray());
                case FRAME_END -> end();
                case CLOSED -> over = true;
                case VIOLATION -> broken(parser.violation().toString());
            }
        }
        if (bytes.hasRemaining() && parser.next(ByteBuffer.allocate(0)) == FrameParser.Step.CLOSED) {
            events.add(new Event.Broken("bytes behind its Close frame (RFC 6455 5.5.1)"));
            bytes.position(bytes.limit());
        }
    }

    private void broken(String what) {
        over = true;
        events.add(new Event.Broken("a frame against the rules: " + what));
    }

    private void begin() {
        if (parser.opcode().isControl()) {
            control.reset();
        } else if (parser.startsMessage()) {
            message.reset();
        }
    }

    private void end() {
        Bytes payload = Bytes.of(control.toByteArray());
        switch (parser.opcode()) {
            case CLOSE -> {
                over = true;
                events.add(new Event.Close(
                        parser.closeReason().code().value(),
                        parser.closeReason().reason()));
            }
            case PING -> ping = payload;
            case PONG -> events.add(new Event.Came(new Reply.Pong(payload)));
            default -> {
                if (parser.endsMessage()) {
                    endMessage();
                }
            }
        }
    }

    private void endMessage() {
        Opcode opcode = parser.messageOpcode();
        Bytes payload = Bytes.of(message.toByteArray());
        MessageInflater inflating = inflater;
        if (parser.messageCompressed() && inflating != null) {
            Bytes inflated = inflate(inflating, opcode, payload);
            if (inflated == null) {
                broken(inflating.fault().toString());
                return;
            }
            payload = inflated;
        }
        events.add(new Event.Came(new Reply.Message(opcode, payload)));
    }

    private static @Nullable Bytes inflate(MessageInflater inflating, Opcode opcode, Bytes compressed) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = compressed.buffer();
        ByteBuffer out = ByteBuffer.allocate(64 * 1024);
        inflating.begin(opcode);
        boolean finishing = false;
        while (true) {
            out.clear();
            MessageInflater.Step step = finishing ? inflating.finish(out) : inflating.inflate(piece, out);
            all.writeBytes(Bytes.of(out.flip()).toArray());
            if (step == MessageInflater.Step.VIOLATION) {
                return null;
            }
            if (step == MessageInflater.Step.DONE) {
                if (finishing) {
                    return Bytes.of(all.toByteArray());
                }
                finishing = true;
            }
        }
    }

    @Nullable Event event() {
        return events.poll();
    }

    @Nullable Bytes takePing() {
        Bytes taken = ping;
        ping = null;
        return taken;
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.close();
        }
    }
}
