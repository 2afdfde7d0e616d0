package dev.wscratch.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a connection, cut anywhere, into frames, and says which byte broke which rule (RFC 6455 section 5).
 *
 * <p>It is pulled: give it the bytes that are there and ask for the next step until it needs more.
 *
 * <pre>{@code
 * while (true) {
 *     switch (parser.next(in)) {
 *         case HEADER -> …      // opcode(), payloadLength(), startsMessage()… are known: allocate once
 *         case PAYLOAD -> …     // in[payloadFrom(), payloadTo()): the next piece, already unmasked
 *         case FRAME_END -> …   // endsMessage()? then the message is whole
 *         case NEED_INPUT -> { return; }                        // read more, come back
 *         case CLOSED -> { return; }                            // closeReason(): the peer said goodbye
 *         case VIOLATION -> { fail(parser.violation()); return; }
 *     }
 * }
 * }</pre>
 *
 * <pre>
 *            header complete            no payload left
 *  HEADER ────────────────────▶ PAYLOAD ───────────────▶ HEADER …      Step HEADER, then PAYLOAD*, then FRAME_END
 *     │                            │ └── of a Close ───▶ CLOSED        (5.5.1: nothing after it counts)
 *     └───────── a rule is broken ─┴────────────────────▶ FAILED        (7.1.7: "fail the connection")
 * </pre>
 *
 * CLOSED and FAILED are for ever: every later call gives the same step and takes no byte.
 *
 * <p><strong>Unmasking writes into the caller's buffer.</strong> Payload bytes of a masked frame are unmasked in place
 * (section 5.3), so the buffer must be writable; whoever wants the bytes as they came takes a copy first, or masks them
 * again with {@link #maskingKey}.
 *
 * <p>A message may come in fragments with control frames in between (section 5.4); steps come in wire order, and
 * {@link #messageOpcode}, {@link #startsMessage} and {@link #endsMessage} say where a frame stands. Text is checked as it
 * comes (section 8.1): a step PAYLOAD never shows bytes past the first wrong one, but a character may be cut at its end.
 * What a violation's buffer held before the guilty byte is not delivered.
 *
 * <p>One parser belongs to one direction of one connection, and to one thread at a time. It allocates nothing per frame.
 */
public final class FrameParser {
    /** What {@link #next} has come to. */
    public enum Step {
        /** Every byte was taken and more are needed. */
        NEED_INPUT,
        /** A header is complete and right. */
        HEADER,
        /** Some payload is here: {@link #payloadFrom} to {@link #payloadTo}. Never empty. */
        PAYLOAD,
        /** The frame is complete and right. Also comes for a frame without payload. */
        FRAME_END,
        /** A Close frame has ended the stream; bytes after it are ignored. */
        CLOSED,
        /** A rule was broken: {@link #violation}. */
        VIOLATION
    }

    private enum State {
        HEADER,
        PAYLOAD,
        CLOSED,
        FAILED
    }

    private final MessageProgress message = new MessageProgress();
    private final HeaderReader header;
    private final Utf8Validator utf8 = new Utf8Validator();
    private final CloseCollector close = new CloseCollector();

    private State state = State.HEADER;

    /** Where the frame under way began, in bytes since the first. */
    private long frameOffset;

    /** Where the one after it begins; apart from it, so that what is told of a frame stays true at its FRAME_END. */
    private long nextFrameOffset;

    /** Payload bytes of the frame under way that were taken. */
    private long payloadRead;

    /** The buffer and range of the last PAYLOAD step. */
    private @Nullable ByteBuffer input;

    private int payloadFrom;
    private int payloadTo;

    private @Nullable Violation violation;

    /**
     * A parser for what a connection's peer sends.
     *
     * @param receiver this end: a server requires masks, a client forbids them (section 5.1)
     * @param rsv1Claimed whether permessage-deflate was negotiated. Then RSV1 may be set on the first frame of a
     *     message, and the text of such a message is not checked here, since it is compressed
     * @param limits what one message may ask for
     */
    public FrameParser(Role receiver, boolean rsv1Claimed, FrameLimits limits) {
        this.header = new HeaderReader(receiver, rsv1Claimed, limits, message);
    }

    /**
     * Takes bytes up to the next thing worth telling. The position moves past what was taken; the limit stays.
     *
     * @param in writable if frames are masked; may be another buffer at each call, heap or direct
     */
    public Step next(ByteBuffer in) {
        return switch (state) {
            case HEADER -> readHeader(in);
            case PAYLOAD -> readPayload(in);
            case CLOSED -> Step.CLOSED;
            case FAILED -> Step.VIOLATION;
        };
    }

    private Step readHeader(ByteBuffer in) {
        if (header.bytesRead() == 0) {
            frameOffset = nextFrameOffset;
            if (header.tryWhole(in)) {
                return beginPayload();
            }
        }
        while (in.hasRemaining()) {
            int index = header.bytesRead();
            FrameRule broken = header.readByte(in.get());
            if (broken != null) {
                return fail(broken, frameOffset + index, header.expected(broken), header.actual(broken));
            }
            if (header.isComplete()) {
                return beginPayload();
            }
        }
        return Step.NEED_INPUT;
    }

    private Step beginPayload() {
        Opcode opcode = header.opcode();
        if (!opcode.isControl()) {
            message.advance(opcode, header.fin(), header.rsv1(), header.payloadLength());
            if (opcode.startsMessage()) {
                utf8.reset();
            }
        }
        payloadRead = 0;
        state = State.PAYLOAD;
        return Step.HEADER;
    }

    private Step readPayload(ByteBuffer in) {
        long left = header.payloadLength() - payloadRead;
        if (left == 0) {
            return endFrame();
        }
        int from = in.position();
        int count = (int) Math.min(left, in.limit() - from);
        if (count == 0) {
            return Step.NEED_INPUT;
        }
        int to = from + count;
        Masking.apply(in, from, to, header.maskingKey(), payloadRead);
        in.position(to);
        if (header.opcode() == Opcode.CLOSE) {
            CloseCollector.Fault fault = close.take(in, from, to);
            if (fault != null) {
                return fail(fault.rule(), payloadOffset(fault.index()), fault.expected(), fault.actual());
            }
        } else if (isCheckedText()) {
            int guilty = utf8.validate(in, from, to);
            if (guilty != Utf8Validator.VALID) {
                return fail(
                        FrameRule.TEXT_NOT_UTF8,
                        payloadOffset(payloadRead + guilty - from),
                        "text in UTF-8",
                        CloseCollector.hex(in.get(guilty)) + " where it cannot stand");
            }
        }
        payloadRead += count;
        input = in;
        payloadFrom = from;
        payloadTo = to;
        return Step.PAYLOAD;
    }

    private Step endFrame() {
        if (header.opcode() == Opcode.CLOSE) {
            if (!close.isComplete()) {
                return fail(
                        FrameRule.CLOSE_REASON_NOT_UTF8,
                        payloadOffset(payloadRead),
                        "a reason in UTF-8",
                        "an end in the middle of a character");
            }
            state = State.CLOSED;
            return Step.FRAME_END;
        }
        if (endsMessage() && isCheckedText() && !utf8.isComplete()) {
            // 8.1: only the end of the message tells that the rest of the character will not come.
            return fail(
                    FrameRule.TEXT_NOT_UTF8,
                    payloadOffset(payloadRead),
                    "text in UTF-8",
                    "an end in the middle of a character");
        }
        nextFrameOffset = frameOffset + header.length() + header.payloadLength();
        header.begin();
        state = State.HEADER;
        return Step.FRAME_END;
    }

    /** The frame belongs to a text message that is not compressed. */
    private boolean isCheckedText() {
        return !header.opcode().isControl() && message.opcode() == Opcode.TEXT && !message.isCompressed();
    }

    private long payloadOffset(long index) {
        return frameOffset + header.length() + index;
    }

    private Step fail(FrameRule rule, long offset, String expected, String actual) {
        violation = new Violation(rule, offset, frameOffset, expected, actual);
        state = State.FAILED;
        return Step.VIOLATION;
    }

    // What follows is about the frame whose HEADER was the last one told, until the call after its FRAME_END.

    /** FIN: the last or only frame of its message. */
    public boolean fin() {
        return header.fin();
    }

    /** RSV1 of this frame; {@link #messageCompressed} is about its message. */
    public boolean rsv1() {
        return header.rsv1();
    }

    public Opcode opcode() {
        return header.opcode();
    }

    public boolean masked() {
        return header.masked();
    }

    /** The key, first byte highest; 0 when not masked. */
    public int maskingKey() {
        return header.maskingKey();
    }

    /** Bytes, within the limits. */
    public long payloadLength() {
        return header.payloadLength();
    }

    /** 2 to 14 bytes. */
    public int headerLength() {
        return header.length();
    }

    /** The same as a value; allocates. */
    public FrameHeader header() {
        return new FrameHeader(fin(), rsv1(), false, false, opcode(), masked(), maskingKey(), payloadLength());
    }

    /** Where the frame began, in bytes since the parser's first. */
    public long frameOffset() {
        return frameOffset;
    }

    /** The frame is the first, or only, one of a text or binary message. */
    public boolean startsMessage() {
        return opcode().startsMessage();
    }

    /** The frame is the last, or only, one of a text or binary message. */
    public boolean endsMessage() {
        return fin() && !opcode().isControl();
    }

    /** TEXT or BINARY: the message that this data frame is a piece of. For a control frame its own opcode. */
    public Opcode messageOpcode() {
        return opcode().isControl() ? opcode() : message.opcode();
    }

    /** Whether the message that this data frame is a piece of is compressed (RSV1 on its first frame). */
    public boolean messageCompressed() {
        return !opcode().isControl() && message.isCompressed();
    }

    /** Payload bytes of the message under way that its headers have announced so far, this frame's included. */
    public long messageLength() {
        return message.length();
    }

    /** How many data frames the message under way has had so far, this one included. */
    public int fragments() {
        return message.fragments();
    }

    /** Whether some bytes of a frame have come, and not yet all. */
    public boolean isMidFrame() {
        return state == State.PAYLOAD || (state == State.HEADER && header.bytesRead() > 0);
    }

    /** Whether a message has begun whose last frame has not come yet. */
    public boolean isMidMessage() {
        return message.isOpen();
    }

    /** After PAYLOAD: absolute index of the piece's first byte in the buffer given to that call. */
    public int payloadFrom() {
        return payloadFrom;
    }

    /** After PAYLOAD: absolute index after the piece's last byte in that buffer. */
    public int payloadTo() {
        return payloadTo;
    }

    /**
     * After PAYLOAD: the piece as a view on the caller's buffer, not a copy; allocates the view.
     *
     * @throws IllegalStateException before the first PAYLOAD
     */
    public ByteBuffer payload() {
        ByteBuffer last = input;
        if (last == null) {
            throw new IllegalStateException("payload() is there after a step PAYLOAD, and none has come yet");
        }
        return last.slice(payloadFrom, payloadTo - payloadFrom);
    }

    /**
     * What the peer's Close frame said.
     *
     * @throws IllegalStateException if none has come yet
     */
    public CloseReason closeReason() {
        if (state != State.CLOSED) {
            throw new IllegalStateException("closeReason() is there after a whole Close frame, and none has come yet");
        }
        return close.reason();
    }

    /**
     * The rule that was broken.
     *
     * @throws IllegalStateException if none was
     */
    public Violation violation() {
        Violation found = violation;
        if (found == null) {
            throw new IllegalStateException("violation() is there after a step VIOLATION, and none has come");
        }
        return found;
    }
}
