package dev.wscratch.bench;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection under load: sends messages when told to or when a reply has come, and verifies the replies. */
final class Conversation {
    /** As good as any: the peer cannot tell a control frame's key from a random one. */
    private static final int CONTROL_KEY = 0x37FA213D;

    private final Line line;
    private final SelectionKey key;
    private final FrameLoop loop;
    private final ReplyCheck check;

    /** When each message in flight was due, oldest at {@link #oldest}; grows where a schedule runs ahead of the replies. */
    private long[] sentAt;

    private int oldest;
    private int inFlight;
    private long answered;

    /** Where in the loop of requests the next byte is. */
    private int position;

    /** Bytes of requests that are to be sent. */
    private long unsent;

    /** A Pong or a Close frame that goes out between messages. */
    private @Nullable ByteBuffer control;

    /** What goes out behind {@link #control}, which the socket has taken in part. */
    private @Nullable ByteBuffer nextControl;

    private boolean waitsForSocket;

    Conversation(Line line, SelectionKey key, FrameLoop loop, Load load) {
        this.line = line;
        this.key = key;
        this.loop = loop;
        this.check = new ReplyCheck(loop, load);
        this.sentAt = new long[load.inFlight()];
    }

    /** Takes when a message was due and when its reply was there, both by {@link System#nanoTime}. */
    @FunctionalInterface
    interface Replies {
        void reply(long due, long now);
    }

    /** Sends so many messages, which were due at that time. */
    void send(int messages, long due) throws IOException {
        while (inFlight + messages > sentAt.length) {
            grow();
        }
        for (int i = 0; i < messages; i++) {
            sentAt[(oldest + inFlight++) % sentAt.length] = due;
        }
        unsent += (long) messages * loop.requestLength();
        flush();
    }

    private void grow() {
        long[] larger = Arrays.copyOfRange(sentAt, oldest, oldest + 2 * sentAt.length);
        System.arraycopy(sentAt, 0, larger, sentAt.length - oldest, oldest);
        sentAt = larger;
        oldest = 0;
    }

    /** Sends what the socket takes. */
    void flush() throws IOException {
        while (line.isFlushed()) {
            boolean betweenMessages = position % loop.requestLength() == 0;
            ByteBuffer frame = control;
            if (frame != null && (betweenMessages || frame.position() > 0)) {
                line.write(frame);
                if (frame.hasRemaining()) {
                    break;
                }
                control = nextControl;
                nextControl = null;
            } else if (unsent == 0) {
                waitFor(false);
                return;
            } else if (!sendRequests(frame == null ? unsent : loop.requestLength() - position % loop.requestLength())) {
                break;
            }
        }
        waitFor(unsent > 0 || control != null || !line.isFlushed());
    }

    /** False if the socket took less than it was given. */
    private boolean sendRequests(long atMost) throws IOException {
        ByteBuffer out = loop.requests(position, Math.min(atMost, unsent));
        int start = out.position();
        line.write(out);
        int taken = out.position() - start;
        boolean all = !out.hasRemaining();
        position = (position + taken) % loop.requestsLength();
        unsent -= taken;
        return all;
    }

    private void waitFor(boolean socket) {
        if (socket != waitsForSocket) {
            waitsForSocket = socket;
            key.interestOps(socket ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /**
     * Reads once, and verifies what came.
     *
     * @param buffer to read into
     * @param again whether each reply is followed by the next message
     * @param replies takes the times of each
     */
    void read(ByteBuffer buffer, boolean again, Replies replies) throws IOException {
        if (!line.read(buffer.clear())) {
            throw new EOFException("expected an echo, got the end of the connection");
        }
        take(buffer.flip(), again, replies);
    }

    /** The same with what was read before. */
    void take(ByteBuffer bytes, boolean again, Replies replies) throws IOException {
        int expected = inFlight;
        long before = check.messages();
        try {
            check.take(bytes);
        } finally {
            // What came whole before a wrong byte, or before a Close frame, was right.
            answered((int) Math.min(check.messages() - before, expected), replies);
        }
        int messages = (int) (check.messages() - before);
        if (messages > expected) {
            throw new WrongReplyException("expected " + expected + " replies, got " + messages);
        }
        answerNewestPing();
        if (again && messages > 0) {
            send(messages, System.nanoTime());
        } else if (control != null) {
            flush();
        }
    }

    private void answered(int messages, Replies replies) {
        long now = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            replies.reply(sentAt[oldest], now);
            oldest = oldest + 1 == sentAt.length ? 0 : oldest + 1;
        }
        inFlight -= messages;
        answered += messages;
    }

    /** Only the newest needs an answer (RFC 6455 section 5.5.3). */
    private void answerNewestPing() {
        ByteBuffer newest = null;
        for (ByteBuffer ping = check.nextPing(); ping != null; ping = check.nextPing()) {
            newest = ping;
        }
        if (newest != null) {
            control(FrameSerialiser.frame(FrameHeader.masked(Opcode.PONG, newest.remaining(), CONTROL_KEY), newest));
        }
    }

    /** In the place of the one that waits, but not of one that has begun to go out. */
    private void control(ByteBuffer frame) {
        ByteBuffer before = control;
        if (before != null && before.position() > 0) {
            nextControl = frame;
        } else {
            control = frame;
        }
    }

    /** {@return how many messages came back so far} */
    long answered() {
        return answered;
    }

    int inFlight() {
        return inFlight;
    }

    /** {@return how many bytes of replies came so far, whole messages or not} */
    long echoed() {
        return check.echoed();
    }

    /** Says goodbye (RFC 6455 section 5.5.1); the server ends TCP. */
    void sayGoodbye() throws IOException {
        control(FrameSerialiser.maskedClose(CloseReason.of(CloseCode.NORMAL_CLOSURE), CONTROL_KEY));
        flush();
    }

    /** Whether the server has sent a Close frame. */
    boolean isClosed() {
        return closeCode() != CloseCode.ABNORMAL_CLOSURE.value();
    }

    /** {@return the code of the server's Close frame; 1006 for none} */
    int closeCode() {
        return check.closeCode();
    }

    /** Reads what comes behind our Close frame; true when TCP has ended. */
    boolean isEnded(ByteBuffer buffer) {
        try {
            flush();
            boolean open = line.read(buffer.clear());
            check.take(buffer.flip());
            return !open;
        } catch (WrongReplyException e) {
            return !isClosed(); // The Close frame is one; TCP's end follows.
        } catch (IOException e) {
            return true; // by a reset, which is an end too
        }
    }

    /** Ends it without a word. */
    void abort() throws IOException {
        key.cancel();
        line.channel().close();
    }
}
