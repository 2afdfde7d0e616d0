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
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One connection under load: as many messages in flight as the load says, each reply followed by the next message. */
final class Conversation {
    /** As good as any: the peer cannot tell a control frame's key from a random one. */
    private static final int CONTROL_KEY = 0x37FA213D;

    private final Line line;
    private final SelectionKey key;
    private final FrameLoop loop;
    private final ReplyCheck check;

    /** When each message in flight was sent, oldest at {@link #oldest}. */
    private final long[] sentAt;

    private int oldest;
    private int inFlight;

    /** Where in the loop of requests the next byte is. */
    private int position;

    /** Bytes of requests that are to be sent. */
    private long unsent;

    /** A Pong or a Close frame that goes out between messages. */
    private @Nullable ByteBuffer control;

    private boolean waitsForSocket;

    Conversation(Line line, SelectionKey key, FrameLoop loop, Load load) {
        this.line = line;
        this.key = key;
        this.loop = loop;
        this.check = new ReplyCheck(loop, load);
        this.sentAt = new long[load.inFlight()];
    }

    /** Sends the first messages. */
    void begin(int messages) throws IOException {
        send(messages, System.nanoTime());
    }

    private void send(int messages, long now) throws IOException {
        for (int i = 0; i < messages; i++) {
            sentAt[(oldest + inFlight++) % sentAt.length] = now;
        }
        unsent += (long) messages * loop.requestLength();
        flush();
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
                control = null;
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
     * @param latencies takes the nanoseconds of each message from its sending to its reply
     * @return how many messages came back
     */
    int read(ByteBuffer buffer, boolean again, LongConsumer latencies) throws IOException {
        if (!line.read(buffer.clear())) {
            throw new EOFException("expected an echo, got the end of the connection");
        }
        int messages = check.take(buffer.flip());
        if (messages > inFlight) {
            throw new WrongReplyException("expected " + inFlight + " replies, got " + messages);
        }
        ByteBuffer ping = check.nextPing();
        if (ping != null) {
            control = FrameSerialiser.frame(FrameHeader.masked(Opcode.PONG, ping.remaining(), CONTROL_KEY), ping);
        }
        long now = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            latencies.accept(now - sentAt[oldest]);
            oldest = oldest + 1 == sentAt.length ? 0 : oldest + 1;
        }
        inFlight -= messages;
        if (again && messages > 0) {
            send(messages, now);
        } else if (control != null) {
            flush();
        }
        return messages;
    }

    int inFlight() {
        return inFlight;
    }

    /** Says goodbye (RFC 6455 section 5.5.1); the server ends TCP. */
    void sayGoodbye() throws IOException {
        control = FrameSerialiser.maskedClose(CloseReason.of(CloseCode.NORMAL_CLOSURE), CONTROL_KEY);
        flush();
    }

    /** Reads and forgets; false at the end of the stream. */
    boolean skip(ByteBuffer buffer) throws IOException {
        return line.read(buffer.clear());
    }
}
