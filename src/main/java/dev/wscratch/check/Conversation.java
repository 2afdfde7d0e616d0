package dev.wscratch.check;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.MessageDeflater;
import dev.wscratch.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open connection: it plays steps, answers pings, and gives out what the peer does. */
final class Conversation implements AutoCloseable {
    /** Reads that still count when the time is over, should this thread have been kept from them. */
    private static final int MOST_LATE = 64;

    private final Line line;
    private final Role role;
    private final Inbound inbound;
    private final @Nullable MessageDeflater deflater;
    private final SentBytes sent;

    /** What happened, for the report. */
    private final EventLog log = new EventLog();

    /** The connection refused a write; reading goes on, there may be a Close frame to find. */
    private boolean deaf;

    /**
     * A conversation after its handshake.
     *
     * @param role which end we are
     * @param agreed for compression, or null
     * @param sent told of all that a case sends
     */
    Conversation(Line line, Role role, @Nullable DeflateParameters agreed, SentBytes sent) {
        this.line = line;
        this.role = role;
        this.sent = sent;
        inbound = new Inbound(role, agreed);
        deflater = agreed == null
                ? null
                : role == Role.CLIENT
                        ? new MessageDeflater(!agreed.clientNoContextTakeover(), agreed.clientWindowBits())
                        : new MessageDeflater(!agreed.serverNoContextTakeover(), agreed.serverWindowBits());
    }

    Role role() {
        return role;
    }

    /** Bytes that came behind the peer's head. */
    void take(ByteBuffer bytes) {
        inbound.take(bytes);
    }

    void play(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Send send) {
                for (int i = 0; i < send.times() && !deaf; i++) {
                    send(send.bytes(), send.chop());
                }
            } else if (step instanceof Step.Deflated deflated) {
                send(deflated);
            }
        }
    }

    private void send(Step.Deflated step) {
        MessageDeflater deflating = deflater;
        if (deflating == null) {
            throw new IllegalStateException("expected a case that is played with compression only");
        }
        int length = step.message().length();
        int piece = step.piece() == 0 ? Math.max(1, length) : step.piece();
        int from = 0;
        do {
            int to = Math.min(length, from + piece);
            boolean last = to == length;
            Bytes payload =
                    Bytes.of(deflating.deflate(step.message().part(from, to).buffer(), last, 0));
            int first = from == 0 ? 0x40 | step.opcode().value() : 0;
            send(ours(Masked.frame((last ? Masked.FIN : 0) | first, payload)), 0);
            from = to;
        } while (from < length);
    }

    void send(Bytes bytes, int chop) {
        sent.add(bytes);
        try {
            line.send(bytes, chop);
        } catch (IOException e) {
            deaf = true; // The peer has ended the connection; how, the reader tells.
        }
    }

    /** A client's frame as our end sends it. */
    private Bytes ours(Bytes frame) {
        return role == Role.CLIENT ? frame : Unmasking.of(frame);
    }

    /** Sends a frame, given as a client's, that belongs to the checker's manners and not to the case. */
    void sendAside(Bytes frame) {
        if (!deaf) {
            try {
                line.send(ours(frame), 0);
            } catch (IOException e) {
                deaf = true;
            }
        }
    }

    /**
     * The next event, or null when there was none.
     *
     * @param until by {@link System#nanoTime}; what has come by then still counts, and not what keeps coming
     */
    @Nullable Event next(long until) throws InterruptedException {
        int late = -1;
        while (true) {
            Event event = inbound.event();
            answerPing();
            if (event != null) {
                return logged(event);
            }
            long left = until - System.nanoTime();
            if (left <= 0) {
                late = late < 0 ? Math.min(line.waiting(), MOST_LATE) : late - 1;
            }
            Line.Read read = late == 0 ? null : line.poll(left);
            if (read == null) {
                return null;
            }
            if (read instanceof Line.Read.Some some) {
                inbound.take(some.bytes());
            } else {
                return logged(
                        read instanceof Line.Read.End end
                                ? new Event.End(end.how())
                                : new Event.GivenUp(((Line.Read.GivenUp) read).why()));
            }
        }
    }

    private Event logged(Event event) {
        log.add(event);
        if (event instanceof Event.Close close) {
            boolean valid = new CloseCode(close.code()).isValidOnWire();
            sendAside(valid ? Masked.close(close.code()) : Masked.frame(Masked.FIN | Masked.CLOSE, Bytes.NONE));
        }
        return event;
    }

    private void answerPing() {
        Bytes ping = inbound.takePing();
        if (ping != null) {
            sendAside(Masked.frame(Masked.FIN | Masked.PONG, ping));
        }
    }

    /** {@return all that happened, in words, the first and the last few if it was much} */
    String got() {
        return log.toString();
    }

    @Override
    public void close() {
        line.close();
        inbound.close();
        if (deflater != null) {
            deflater.close();
        }
    }
}
