package dev.wscratch.transport;

import dev.wscratch.transport.TransportMetrics.Initiator;
import dev.wscratch.transport.TransportMetrics.SessionMetrics;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is counted of one WebSocket: its frames, and with which code whose Close ended it.
 *
 * <p>Frames that came are counted on the reading thread, all else on any thread.
 */
final class ConnectionCounts {
    /** Set once, before {@code @OnOpen} runs. */
    private volatile SessionMetrics metrics = SessionMetrics.NONE;

    /** Many sends may find out that the peer takes its bytes too slowly. */
    private final AtomicBoolean slow = new AtomicBoolean();

    /** Of the first Close frame, sent or received. */
    private volatile int closeCode = CloseCode.ABNORMAL_CLOSURE.value();

    private volatile Initiator initiator = Initiator.CLIENT;

    /** From now on it is counted. */
    void opened(SessionMetrics counts) {
        metrics = counts;
    }

    /** Counts the frame that {@code parser} has just come to the end of, and the message if it ends one. */
    void received(FrameParser parser) {
        SessionMetrics counts = metrics;
        counts.received(parser.opcode(), parser.payloadLength(), parser.headerLength());
        if (!parser.opcode().isControl() && parser.endsMessage()) {
            counts.messageReceived(parser.messageOpcode(), parser.messageLength());
        }
    }

    /** Counts a frame that was queued, header and payload in one. */
    void sent(ByteBuffer frame) {
        int at = frame.position();
        int length = frame.get(at + 1);
        int header = length <= 125 ? 2 : length == 126 ? 4 : 10;
        Opcode opcode = Opcode.of(frame.get(at));
        if (opcode != null) {
            metrics.sent(opcode, frame.get(at) < 0, frame.remaining() - (long) header, header);
        }
    }

    /** Counts a whole message that was queued. */
    void sent(Opcode opcode, int payload, int header) {
        metrics.sent(opcode, true, payload, header);
    }

    /** A Ping was answered after so long. */
    void roundTrip(long nanos) {
        metrics.roundTrip(nanos);
    }

    /** The peer broke a rule. */
    void violated(String rule) {
        metrics.violated(rule);
    }

    /**
     * The peer does not take its bytes.
     *
     * @param counts whether that is news to the metrics
     * @return whether nobody had found that out before
     */
    boolean tooSlow(boolean counts) {
        boolean first = slow.compareAndSet(false, true);
        if (first && counts) {
            metrics.tooSlow();
        }
        return first;
    }

    /** The first Close frame. */
    void closes(int code, Initiator who) {
        closeCode = code;
        initiator = who;
    }

    /** The TCP connection is gone. */
    void gone() {
        metrics.closed(closeCode, initiator);
    }
}
