package dev.wscratch.transport;

import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Violation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole, unmasked frames of the parser's pieces, as Tyrus wants them.
 *
 * <p>A frame that lies whole in the buffer it came in is not copied: its payload is unmasked there already, and the
 * shorter unmasked header is written over the place of the masking key, right before it. Only a frame that came in
 * several reads is gathered, in a buffer that grows with what has really come, so that a header alone reserves no memory.
 * The frames of a compressed message are inflated as their pieces come.
 *
 * <p>Belongs to one connection's reading thread.
 */
public final class FrameAssembler {
    /** The first buffer for a frame in pieces; for a larger frame it grows fourfold as its bytes come. */
    private static final int FIRST_BUFFER = 16 << 10;

    private final FrameParser parser;
    private final @Nullable Incoming inflating;

    /** What inflating has found wrong. */
    private @Nullable Violation violation;

    /** The frame so far, when it comes in pieces; null when it lies whole in the buffer under way. */
    private @Nullable ByteBuffer gathered;

    /**
     * Makes an assembler.
     *
     * @param inflating null when no compression was agreed on
     */
    FrameAssembler(FrameParser parser, @Nullable Incoming inflating) {
        this.parser = parser;
        this.inflating = inflating;
    }

    /** {@return one for a connection without compression} */
    public static FrameAssembler plain(FrameParser parser) {
        return new FrameAssembler(parser, null);
    }

    /** {@return what inflating has found wrong, or null: then nothing more is to be asked of this assembler} */
    public @Nullable Violation violation() {
        return violation;
    }

    private @Nullable Incoming inflating() {
        return parser.messageCompressed() ? inflating : null;
    }

    /**
     * After the step HEADER.
     *
     * @param in what the header was read from
     * @param from where the bytes of this read begin in {@code in}
     */
    public void begin(ByteBuffer in, int from) {
        Incoming inflater = inflating();
        if (inflater != null) {
            inflater.begin(parser);
            return;
        }
        int headerAt = in.position() - parser.headerLength();
        long end = in.position() + parser.payloadLength();
        if (headerAt >= from && end <= in.limit()) {
            gathered = null;
        } else {
            gathered = ByteBuffer.allocate((int) Math.min(frameLength(), FIRST_BUFFER));
            writeHeader(gathered);
        }
    }

    /** After the step PAYLOAD. */
    public void take() {
        Incoming inflater = inflating();
        if (inflater != null) {
            violation = inflater.take(parser);
            return;
        }
        ByteBuffer buffer = gathered;
        if (buffer == null) {
            return;
        }
        ByteBuffer piece = parser.payload();
        if (buffer.remaining() < piece.remaining()) {
            buffer = grown(buffer, piece.remaining());
            gathered = buffer;
        }
        buffer.put(piece);
    }

    /**
     * After the step FRAME_END.
     *
     * @param in what the frame was read from
     * @return the frame, unmasked and plain; valid until {@code in} is reused; null when there is a {@link #violation}
     */
    public @Nullable ByteBuffer dataFrame(ByteBuffer in) {
        Incoming inflater = inflating();
        if (inflater == null) {
            return frame(in);
        }
        violation = inflater.end(parser);
        return violation == null ? inflater.frame(parser) : null;
    }

    /** {@return whether the frame under way is put together in memory of its own, which is not used again} */
    boolean gathers() {
        return inflating() == null && gathered != null;
    }

    /**
     * After the step FRAME_END of a frame that is not compressed.
     *
     * @param in what the frame was read from
     * @return the frame, unmasked; valid until {@code in} is reused
     */
    public ByteBuffer frame(ByteBuffer in) {
        ByteBuffer whole = gathered;
        if (whole != null) {
            gathered = null;
            return whole.flip();
        }
        int payloadAt = in.position() - (int) parser.payloadLength();
        int headerAt = payloadAt - FrameSerialiser.headerLength(parser.payloadLength(), false);
        ByteBuffer frame = in.duplicate();
        frame.limit(in.position()).position(headerAt);
        writeHeader(frame);
        return frame.position(headerAt);
    }

    /**
     * After the step FRAME_END: the payload alone.
     *
     * @param in what the frame was read from
     * @return a view, valid until {@code in} is reused
     */
    ByteBuffer payload(ByteBuffer in) {
        ByteBuffer frame = frame(in);
        return frame.position(frame.position() + FrameSerialiser.headerLength(parser.payloadLength(), false));
    }

    private ByteBuffer grown(ByteBuffer buffer, int more) {
        long wanted = Math.max(4L * buffer.capacity(), (long) buffer.position() + more);
        ByteBuffer larger = ByteBuffer.allocate((int) Math.min(wanted, frameLength()));
        return larger.put(buffer.flip());
    }

    private long frameLength() {
        return FrameSerialiser.headerLength(parser.payloadLength(), false) + parser.payloadLength();
    }

    private void writeHeader(ByteBuffer out) {
        FrameSerialiser.writeHeader(out, parser.fin(), parser.rsv1(), parser.opcode(), parser.payloadLength());
    }
}
