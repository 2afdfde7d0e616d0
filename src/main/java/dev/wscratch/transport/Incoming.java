package dev.wscratch.transport;

import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.MessageInflater;
import dev.wscratch.wire.MessageInflater.Step;
import dev.wscratch.wire.Violation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain frames of the frames of compressed messages, piece by piece as they come; never holds more than the message
 * limit and one chunk.
 *
 * <p>Belongs to the connection's reading thread, but for {@link #close}.
 */
final class Incoming {
    private final MessageInflater inflater;
    private final DeflateBudget.ContextCount context;

    /** What the frame under way has inflated to; touched by the reading thread only. */
    private InflatedFrame frame = new InflatedFrame(0);

    /** The connection is gone; guarded by this object's monitor. */
    private boolean closed;

    Incoming(MessageInflater inflater, DeflateBudget.ContextCount context) {
        this.inflater = inflater;
        this.context = context;
    }

    /** After a header of a compressed message. */
    void begin(FrameParser parser) {
        frame = new InflatedFrame(parser.payloadLength());
        if (parser.startsMessage()) {
            inflater.begin(parser.opcode());
        }
    }

    /** {@return what is wrong with the piece of payload that came, or null} */
    synchronized @Nullable Violation take(FrameParser parser) {
        if (closed) {
            return null;
        }
        ByteBuffer piece = parser.payload();
        Step step = inflater.inflate(piece, frame.room());
        while (step == Step.OUTPUT_FULL) {
            step = inflater.inflate(piece, frame.room());
        }
        return judge(step, parser);
    }

    /** {@return what is wrong with the frame, now that it is whole, or null} */
    synchronized @Nullable Violation end(FrameParser parser) {
        if (closed || !parser.endsMessage()) {
            return null;
        }
        Step step = inflater.finish(frame.room());
        while (step == Step.OUTPUT_FULL) {
            step = inflater.finish(frame.room());
        }
        return judge(step, parser);
    }

    private @Nullable Violation judge(Step step, FrameParser parser) {
        context.holds(inflater.holdsContext());
        if (step == Step.DONE) {
            return null;
        }
        frame = new InflatedFrame(0);
        return inflater.fault().inFrameAt(parser.frameOffset());
    }

    /** {@return the frame as if it had not been compressed, in a buffer that nobody else has} */
    ByteBuffer frame(FrameParser parser) {
        ByteBuffer whole = frame.toFrame(parser.fin(), parser.opcode());
        frame = new InflatedFrame(0);
        return whole;
    }

    synchronized void close() {
        closed = true;
        inflater.close();
        context.holds(false);
    }
}
