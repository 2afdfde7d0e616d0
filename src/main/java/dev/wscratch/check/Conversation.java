package dev.wscratch.check;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.MessageDeflater;
import dev.wscratch.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open connection: it plays steps, answers pings, and gives out what the peer does. */
final class Conversation implements AutoCloseable {
    private final Line line;
    private final Role role;
    private final Inbound inbound;
    private final @Nullable MessageDeflater deflater;
    private final SentBytes sent;

    /** What happened, for the report. */
    private final List<Event> log = new ArrayList<>();

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
                : new MessageDeflater(!agreed.clientNoContextTakeover(), agreed.clientWindowBits());
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
            send(Masked.frame((last ? Masked.FIN : 0) | first, payload), 0);
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

    /** Sends a frame, given as a client's, that belongs to the checker's manners and not to the case. */
    void sendAside(Bytes frame) {
        if (!deaf) {
            try {
                line.send(role == Role.CLIENT ? frame : Unmasking.of(frame), 0);
            } catch (IOException e) {
                deaf = true;
            }
        }
    }

    /** The next event, or {@link Event.Silence} when the time is over. */
    Event next(long nanos) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            Event event = inbound.event();
            answerPings();
            if (event != null) {
                return logged(event);
            }
            long left = nanos - (System.nanoTime() - begun);
            Line.Read read = line.poll(left);
            if (read == null) {
                return new Event.Silence(nanos / 1_000_000);
            }
            if (read instanceof Line.Read.End end) {
                return logged(new Event.End(end.how()));
            }
            inbound.take(((Line.Read.Some) read).bytes());
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

    private void answerPings() {
        Bytes ping = inbound.ping();
        while (ping != null) {
            sendAside(Masked.frame(Masked.FIN | Masked.PONG, ping));
            ping = inbound.ping();
        }
    }

    /** {@return all that happened, in words, the first and the last few if it was much} */
    String got() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (i < 4 || i >= log.size() - 2) {
                words.add(log.get(i).toString());
            } else if (i == 4) {
                words.add("…");
            }
        }
        return String.join(", ", words);
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
