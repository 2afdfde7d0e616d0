package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the compression of one direction of a connection, message by message (RFC 7692 section 7.2.2), into buffers of
 * the caller's, so that the caller decides how much memory a message gets, while it is inflated and not after.
 *
 * <pre>{@code
 * inflater.begin(opcode);                      // at the first frame of a compressed message
 * // for each piece of payload, cut anywhere:
 * while (inflater.inflate(piece, out) == OUTPUT_FULL) { out = more room; }
 * // after the last frame:
 * while (inflater.finish(out) == OUTPUT_FULL) { out = more room; }
 * }</pre>
 *
 * <p>The sender cuts the bytes 00 00 ff ff off the end of each message; they are put back here. With that a message is
 * whole DEFLATE blocks (RFC 1951) and ends where a block ends, which is checked: by one more empty block that must come
 * to nothing. A block with BFINAL = 1 ends a DEFLATE stream, though not the message (section 7.2.3.4): what follows begins
 * a new one, which does not look back past it. Streams without end cost the receiver more time than they cost the sender,
 * so there is a limit on them.
 *
 * <p>Native memory (about 40 KiB) is held from the first piece of a message to its end without context takeover, to
 * {@link #close} with it. One thread at a time.
 */
public final class MessageInflater implements AutoCloseable {
    /** What a call has come to. */
    public enum Step {
        /** All input was taken, and all that came of it was put out. */
        DONE,
        /** There is, or may be, more to put out: call again with more room and the rest of the same input. */
        OUTPUT_FULL,
        /** A rule was broken: {@link #fault}. Every later call says so again. */
        VIOLATION
    }

    /** The most blocks with BFINAL = 1 in one message; honest senders need one, or one for each fragment. */
    static final int MAX_FINAL_BLOCKS = 4096;

    /** Section 7.2.2: what the sender cut off, the rest of an empty stored block. */
    private static final byte[] TAIL = {0x00, 0x00, (byte) 0xFF, (byte) 0xFF};

    /** A whole empty stored block. At the end of a block it changes nothing; anywhere else it does not go unnoticed. */
    private static final byte[] EMPTY_BLOCK = {0x00, 0x00, 0x00, (byte) 0xFF, (byte) 0xFF};

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Ending {
        NOT_YET,
        TAIL,
        CHECK
    }

    private final boolean contextTakeover;
    private final long maxMessage;
    private final Utf8Validator utf8 = new Utf8Validator();

    /** Room for the one byte that tells that a message goes on past its limit, and for what a check puts out. */
    private final ByteBuffer beyond = ByteBuffer.allocate(1);

    private @Nullable Inflater inflater;
    private @Nullable InflateFault fault;
    private boolean text;
    private boolean closed;

    /** A piece was given to the inflater, and the caller must come again with it. */
    private boolean midPiece;

    private Ending ending = Ending.NOT_YET;

    /** Bytes of the message under way: taken, and put out. */
    private long taken;

    private long length;
    private int finalBlocks;

    /**
     * An inflater for what a connection's peer sends.
     *
     * @param contextTakeover whether the peer's messages may repeat bytes of earlier ones
     * @param maxMessage the most bytes that one message may inflate to; past it 1009
     */
    public MessageInflater(boolean contextTakeover, long maxMessage) {
        this.contextTakeover = contextTakeover;
        this.maxMessage = maxMessage;
    }

    /**
     * Begins a compressed message.
     *
     * @param opcode TEXT is checked to be UTF-8 as it is inflated
     */
    public void begin(Opcode opcode) {
        text = opcode == Opcode.TEXT;
        utf8.reset();
        ending = Ending.NOT_YET;
        midPiece = false;
        taken = 0;
        length = 0;
        finalBlocks = 0;
    }

    /**
     * Takes a piece of payload, unmasked, and puts out what comes of it.
     *
     * @param piece its position moves past what was taken; not to be changed until the step is DONE
     * @param out inflated bytes are appended
     */
    public Step inflate(ByteBuffer piece, ByteBuffer out) {
        if (fault != null) {
            return Step.VIOLATION;
        }
        if (!midPiece) {
            taken += piece.remaining();
            open().setInput(piece);
            midPiece = true;
        }
        return drain(piece, out);
    }

    /**
     * Ends the message after its last piece.
     *
     * @param out inflated bytes are appended
     */
    public Step finish(ByteBuffer out) {
        if (fault != null) {
            return Step.VIOLATION;
        }
        if (ending == Ending.NOT_YET) {
            // No payload at all is not quite a message by 7.2.1, which makes one byte of it, but a clear one. And after
            // a
            // BFINAL block at the very end some senders leave out the empty block that should follow.
            boolean whole = taken == 0 || open().finished();
            if (whole) {
                return ended();
            }
            ending = Ending.TAIL;
            open().setInput(TAIL);
        }
        if (ending == Ending.TAIL) {
            Step step = drain(null, out);
            if (step != Step.DONE) {
                return step;
            }
            ending = Ending.CHECK;
        }
        return endsWithABlock() ? ended() : notDeflate("an end in the middle of a block");
    }

    private boolean endsWithABlock() {
        Inflater inflating = open();
        if (inflating.finished()) {
            return false; // The tail itself was read as an end: it was not the tail of an empty block.
        }
        inflating.setInput(EMPTY_BLOCK);
        beyond.clear();
        try {
            return inflating.inflate(beyond) == 0 && inflating.needsInput();
        } catch (DataFormatException e) {
            return false; // What the message left open does not go on with an empty block.
        }
    }

    private Step ended() {
        Inflater inflating = inflater;
        if (inflating != null && !contextTakeover) {
            inflating.end();
            inflater = null;
        } else if (inflating != null && inflating.finished()) {
            inflating.reset();
        }
        return text && !utf8.isComplete()
                ? fail(FrameRule.TEXT_NOT_UTF8, "text in UTF-8", "an end in the middle of a character")
                : Step.DONE;
    }

    /** Puts out all that comes of {@code piece}, or of what the inflater has already. */
    private Step drain(@Nullable ByteBuffer piece, ByteBuffer out) {
        Inflater inflating = open();
        while (true) {
            if (inflating.finished()) {
                if (inflating.getRemaining() == 0) {
                    return taken();
                }
                if (++finalBlocks > MAX_FINAL_BLOCKS) {
                    return fail(
                            FrameRule.TOO_MANY_FINAL_BLOCKS,
                            "at most " + MAX_FINAL_BLOCKS + " final blocks in a message",
                            "one more");
                }
                beginStream(inflating, piece);
            }
            Step step = inflateOnce(inflating, out);
            if (step != null) {
                return step;
            }
        }
    }

    /** After a final block: the rest of the input is another stream. */
    private static void beginStream(Inflater inflating, @Nullable ByteBuffer piece) {
        int rest = inflating.getRemaining();
        inflating.reset();
        if (piece != null) {
            inflating.setInput(piece);
        } else {
            inflating.setInput(TAIL, TAIL.length - rest, rest);
        }
    }

    /** One call of zlib's; null when it should be asked again. */
    private @Nullable Step inflateOnce(Inflater inflating, ByteBuffer out) {
        boolean atLimit = length == maxMessage;
        ByteBuffer target = atLimit ? beyond.clear() : out;
        int limit = out.limit();
        int from = target.position();
        if (!atLimit) {
            out.limit((int) Math.min(limit, out.position() + (maxMessage - length)));
        }
        int count;
        boolean full;
        try {
            count = inflating.inflate(target);
            full = !target.hasRemaining();
        } catch (DataFormatException e) {
            return notDeflate(describe(e));
        } finally {
            out.limit(limit);
        }
        if (atLimit && count > 0) {
            return fail(
                    FrameRule.MESSAGE_TOO_BIG, "at most " + maxMessage + " bytes in a message", "more when inflated");
        }
        if (text && !atLimit) {
            int guilty = utf8.validate(target, from, target.position());
            if (guilty != Utf8Validator.VALID) {
                return fail(
                        FrameRule.TEXT_NOT_UTF8,
                        "text in UTF-8",
                        CloseCollector.hex(target.get(guilty)) + " where it cannot stand, when inflated");
            }
        }
        length += count;
        if (inflating.finished()) {
            return null;
        }
        if (full) {
            // zlib may hold back what found no room, even when it has taken all input.
            return length == maxMessage ? null : Step.OUTPUT_FULL;
        }
        return count == 0 && !inflating.needsInput() ? notDeflate("a need for a dictionary") : taken();
    }

    /** All input was taken; the caller's buffer is let go. */
    private Step taken() {
        open().setInput(NOTHING);
        midPiece = false;
        return Step.DONE;
    }

    private static String describe(DataFormatException e) {
        return e.getMessage() == null ? "something else" : e.getMessage();
    }

    private Step notDeflate(String actual) {
        return fail(FrameRule.COMPRESSED_DATA_INVALID, "DEFLATE blocks", actual);
    }

    private Step fail(FrameRule rule, String expected, String actual) {
        fault = new InflateFault(rule, expected, actual);
        return Step.VIOLATION;
    }

    /**
     * The rule that was broken.
     *
     * @throws IllegalStateException if none was
     */
    public InflateFault fault() {
        InflateFault found = fault;
        if (found == null) {
            throw new IllegalStateException("fault() is there after a step VIOLATION, and none has come");
        }
        return found;
    }

    /** {@return the bytes that the message under way, or the last one, has inflated to} */
    public long messageLength() {
        return length;
    }

    /** {@return whether native memory is held now} */
    public boolean holdsContext() {
        return inflater != null;
    }

    private Inflater open() {
        Inflater inflating = inflater;
        if (inflating == null) {
            if (closed) {
                throw new IllegalStateException("expected an open inflater, this one is closed");
            }
            inflating = new Inflater(true);
            inflater = inflating;
        }
        return inflating;
    }

    /** Frees native memory; further messages are refused by an IllegalStateException. */
    @Override
    public void close() {
        closed = true;
        Inflater inflating = inflater;
        if (inflating != null) {
            inflating.end();
            inflater = null;
        }
    }
}
