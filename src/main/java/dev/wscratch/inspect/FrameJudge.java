package dev.wscratch.inspect;

import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameRule;
import dev.wscratch.wire.MessageInflater;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Judges one direction as its receiver would, on a copy of the bytes: which frame is the first to break a rule, and what
 * the compressed messages are. After that frame, as after a Close, a receiver looks at nothing any more, and neither does
 * this.
 *
 * <p>Belongs to one thread at a time.
 */
final class FrameJudge implements AutoCloseable {
    /** The parser unmasks in place, so it is given a copy, a piece at a time. */
    private static final int PIECE = 4096;

    private final Role receiver;
    private final FrameParser parser;
    /** Null where nothing is compressed, or too much is looked at already. */
    private final @Nullable MessageInflater inflater;

    private final Semaphore inflaters;
    private final int most;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private final ByteBuffer inflating;

    /** Nothing is looked at any more. */
    private boolean over;

    /** The inflater is closed, and its place given back. */
    private boolean freed;

    private @Nullable FrameRule broken;

    /** Where the guilty frame began, counted from the first byte. */
    private long brokenFrame;

    /** Of the compressed message under way. */
    private Excerpt.@Nullable Collector message;

    /** Of the compressed message that has ended and was not asked for yet. */
    private @Nullable Excerpt inflated;

    /**
     * Makes the judge of one direction.
     *
     * @param receiver whose judgement it is
     * @param contextTakeover null when no compression was agreed on, else whether messages may refer to earlier ones
     * @param limits of the receiver
     * @param mostInflated the bytes to which a message is inflated before the judge gives up
     * @param most bytes of an inflated message that are kept
     * @param inflaters places for one inflater each; where there is none left, messages are judged and shown as they travel
     */
    FrameJudge(
            Role receiver,
            @Nullable Boolean contextTakeover,
            FrameLimits limits,
            long mostInflated,
            int most,
            Semaphore inflaters) {
        this.receiver = receiver;
        this.parser = new FrameParser(receiver, contextTakeover != null, limits);
        this.inflaters = inflaters;
        this.inflater = contextTakeover != null && inflaters.tryAcquire()
                ? new MessageInflater(contextTakeover, mostInflated)
                : null;
        this.inflating = ByteBuffer.allocate(inflater == null ? 0 : PIECE);
        this.most = most;
    }

    /** Takes all that remains; the buffer's contents stay. */
    void take(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        while (in.hasRemaining() && !over) {
            int size = Math.min(in.remaining(), PIECE);
            piece.clear().put(in.slice(in.position(), size)).flip();
            in.position(in.position() + size);
            judge();
        }
    }

    private void judge() {
        while (!over) {
            switch (parser.next(piece)) {
                case NEED_INPUT -> {
                    return;
                }
                case HEADER -> begin();
                case PAYLOAD -> inflate();
                case FRAME_END -> finish();
                case CLOSED -> close();
                case VIOLATION ->
                    breaks(parser.violation().rule(), parser.violation().frameOffset());
            }
        }
    }

    private void breaks(FrameRule rule, long frame) {
        broken = rule;
        brokenFrame = frame;
        close();
    }

    private void begin() {
        if (inflater != null && parser.messageCompressed() && parser.startsMessage()) {
            inflater.begin(parser.opcode());
            message = new Excerpt.Collector(most);
        }
    }

    private void inflate() {
        if (inflater != null && parser.messageCompressed()) {
            ByteBuffer compressed = parser.payload();
            MessageInflater.Step step;
            do {
                step = inflater.inflate(compressed, inflating.clear());
                keep(step);
            } while (step == MessageInflater.Step.OUTPUT_FULL);
        }
    }

    private void finish() {
        Excerpt.Collector whole = message;
        if (inflater != null && whole != null && parser.messageCompressed() && parser.endsMessage()) {
            MessageInflater.Step step;
            do {
                step = inflater.finish(inflating.clear());
                keep(step);
            } while (step == MessageInflater.Step.OUTPUT_FULL);
            if (step == MessageInflater.Step.DONE) {
                inflated = whole.excerpt();
            }
            message = null;
        }
    }

    private void keep(MessageInflater.Step step) {
        if (message != null) {
            message.take(inflating.flip());
        }
        if (step == MessageInflater.Step.VIOLATION && inflater != null) {
            FrameRule rule = inflater.fault().rule();
            if (rule == FrameRule.MESSAGE_TOO_BIG && receiver == Role.CLIENT) {
                // Our own bound on what we inflate to look at; nobody knows the client's.
                close();
            } else {
                breaks(rule, parser.frameOffset());
            }
        }
    }

    /** {@return the rule that the frame beginning there breaks, or null} */
    @Nullable FrameRule broken(long frameOffset) {
        return brokenFrame == frameOffset ? broken : null;
    }

    /** {@return the compressed message that ended with the last frame, once; else null} */
    @Nullable Excerpt takeInflated() {
        Excerpt whole = inflated;
        inflated = null;
        return whole;
    }

    /** Frees native memory; nothing is judged any more. */
    @Override
    public void close() {
        over = true;
        if (inflater != null && !freed) {
            freed = true;
            inflater.close();
            inflaters.release();
        }
    }
}
