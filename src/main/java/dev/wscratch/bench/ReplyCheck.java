package dev.wscratch.bench;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the stream of replies of one connection, byte for byte: opcode, length and payload of each.
 *
 * <p>While whole messages come in one frame each, that is a comparison with {@link FrameLoop#replies}, which costs next to
 * nothing. What differs in the first byte of a frame may still be right: a fragment of a message, or a Ping. From there to
 * the end of the message the bytes are parsed.
 */
final class ReplyCheck {
    private final FrameLoop loop;
    private final Load load;

    /** Pings to be answered, by their payload. */
    private final Queue<ByteBuffer> pings = new ArrayDeque<>();

    /** Where in the loop of replies the next byte belongs; while parsing, where the message under way begins. */
    private int position;

    /** Bytes of replies that were right, without Pings. */
    private long echoed;

    private long messages;

    /** Of the server's Close frame. */
    private int closeCode = CloseCode.ABNORMAL_CLOSURE.value();

    /** Made when it is needed first. */
    private @Nullable FrameParser parser;

    /** Whether the next byte is the parser's. */
    private boolean parsing;

    /** While parsing: payload bytes of the message under way that came. */
    private int came;

    /** While parsing: the payload of the Ping under way. */
    private ByteBuffer ping = ByteBuffer.allocate(0);

    ReplyCheck(FrameLoop loop, Load load) {
        this.loop = loop;
        this.load = load;
    }

    /** Takes all bytes, or those before a wrong one or a Close frame. */
    void take(ByteBuffer in) throws WrongReplyException {
        while (in.hasRemaining()) {
            if (parsing) {
                messages += parse(in);
            } else {
                compare(in);
            }
        }
    }

    /** {@return how many messages came whole so far} */
    long messages() {
        return messages;
    }

    /** The payload of a Ping that came and is to be answered, or null. */
    @Nullable ByteBuffer nextPing() {
        return pings.poll();
    }

    /** {@return the code of the Close frame that has come; 1006 for none (RFC 6455 section 7.1.5)} */
    int closeCode() {
        return closeCode;
    }

    /** {@return how many bytes of replies came so far, whole messages or not} */
    long echoed() {
        return echoed;
    }

    private void compare(ByteBuffer in) throws WrongReplyException {
        ByteBuffer expected = loop.replies(position, in.remaining());
        int start = in.position();
        int limit = in.limit();
        in.limit(start + expected.remaining());
        int differs = in.mismatch(expected);
        int same = differs < 0 ? in.remaining() : differs;
        int before = position / loop.replyLength();
        int reached = position + same;
        in.limit(limit).position(start + same);
        messages += reached / loop.replyLength() - before;
        if (differs >= 0) {
            if (reached % loop.replyLength() != 0) {
                throw wrong(reached % loop.replyLength(), loop.replies(reached, 8), in);
            }
            parsing = true;
        }
        position = reached % loop.repliesLength();
        echoed += same;
    }

    private int parse(ByteBuffer in) throws WrongReplyException {
        FrameParser frames = parser;
        if (frames == null) {
            frames = new FrameParser(Role.CLIENT, false, new FrameLimits(load.size(), Integer.MAX_VALUE));
            parser = frames;
        }
        while (true) {
            switch (frames.next(in)) {
                case NEED_INPUT -> {
                    return 0;
                }
                case HEADER -> header(frames);
                case PAYLOAD -> payload(frames);
                case FRAME_END -> {
                    int messages = frameEnd(frames);
                    if (!frames.isMidMessage()) {
                        parsing = false;
                        return messages;
                    }
                }
                case CLOSED -> throw closed(frames);
                case VIOLATION -> throw new WrongReplyException("expected an echo, got " + frames.violation());
            }
        }
    }

    private void header(FrameParser frames) throws WrongReplyException {
        if (frames.opcode() == Opcode.PING) {
            ping = ByteBuffer.allocate((int) frames.payloadLength());
        } else if (!frames.opcode().isControl() && frames.messageOpcode() != load.opcode()) {
            throw new WrongReplyException(
                    "expected a message of " + load.opcode() + ", got one of " + frames.messageOpcode());
        }
    }

    private void payload(FrameParser frames) throws WrongReplyException {
        ByteBuffer piece = frames.payload();
        if (frames.opcode() == Opcode.PING) {
            ping.put(piece);
        } else if (!frames.opcode().isControl()) {
            ByteBuffer expected = loop.payload(position, came, piece.remaining());
            int differs = piece.mismatch(expected);
            if (differs >= 0) {
                throw wrong(came + differs, expected.position(expected.position() + differs), piece.position(differs));
            }
            came += piece.remaining();
            echoed += piece.remaining();
        }
    }

    /** How many messages the frame ended: one or none. */
    private int frameEnd(FrameParser frames) throws WrongReplyException {
        if (frames.opcode() == Opcode.CLOSE) {
            throw closed(frames);
        }
        if (frames.opcode() == Opcode.PING) {
            pings.add(ping.flip());
        }
        if (!frames.endsMessage()) {
            return 0;
        }
        if (came != load.size()) {
            throw new WrongReplyException("expected a message of " + load.size() + " bytes, got one of " + came);
        }
        came = 0;
        position = (position + loop.replyLength()) % loop.repliesLength();
        return 1;
    }

    private WrongReplyException closed(FrameParser frames) {
        closeCode = frames.closeReason().code().value();
        return new WrongReplyException("expected an echo, got a Close frame: " + frames.closeReason());
    }

    private static WrongReplyException wrong(int index, ByteBuffer expected, ByteBuffer actual) {
        return new WrongReplyException(
                "wrong bytes from byte " + index + " on: expected " + hex(expected) + ", got " + hex(actual));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] some = new byte[Math.min(8, bytes.remaining())];
        bytes.duplicate().get(some);
        return HexFormat.ofDelimiter(" ").formatHex(some) + (bytes.remaining() > some.length ? " ..." : "");
    }
}
