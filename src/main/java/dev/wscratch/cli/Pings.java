package dev.wscratch.cli;

import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.client.WebSocket;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pings of {@code connect}, and how long their pongs took. Safe for any thread. */
final class Pings {
    /** Round trips that are remembered, the latest. */
    private static final int MOST = 1_000;

    /** Of a control frame's payload. */
    private static final int MOST_BYTES = 125;

    /** Pings that wait for their pongs; older ones are given up. */
    private static final int MOST_WAITING = 100;

    /**
     * One without its pong.
     *
     * @param at {@link System#nanoTime}
     * @param asked whether a person waits for it
     */
    private record Waiting(ByteBuffer payload, long at, boolean asked) {}

    private final @Nullable Duration interval;
    private final Consumer<String> teller;

    /** {@link System#nanoTime}; all fields from here on are guarded by this. */
    private long next;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long sent;
    private long answered;

    /** Nanoseconds of the latest round trips, as a ring. */
    private final long[] took = new long[MOST];

    /**
     * No pings yet.
     *
     * @param interval between them; null for none
     * @param teller told of each pong that a person asked for
     */
    Pings(@Nullable Duration interval, Consumer<String> teller) {
        this.interval = interval;
        this.teller = teller;
    }

    boolean areSent() {
        return interval != null;
    }

    /** To be called often: sends a ping when it is time for one. */
    void tick(WebSocket socket) {
        byte[] payload;
        synchronized (this) {
            long now = System.nanoTime();
            if (interval == null || (sent > 0 && now - next < 0)) {
                return;
            }
            next = now + interval.toNanos();
            payload = ByteBuffer.allocate(Long.BYTES).putLong(sent + 1).array();
        }
        send(socket, payload, false);
    }

    /**
     * Sends one.
     *
     * @param asked whether its pong is told
     * @throws UsageException if there are more than 125 bytes
     */
    void send(WebSocket socket, byte[] payload, boolean asked) {
        if (payload.length > MOST_BYTES) {
            throw new UsageException(
                    "/ping: expected at most " + MOST_BYTES + " bytes (RFC 6455 5.5), got " + payload.length);
        }
        synchronized (this) {
            // Before it leaves, since its pong may be here before it has.
            waiting.add(new Waiting(ByteBuffer.wrap(payload), System.nanoTime(), asked));
            sent++;
            if (waiting.size() > MOST_WAITING) {
                waiting.remove();
            }
        }
        // Without the lock: the connection has one too, and shows its frames under it.
        socket.ping(payload);
    }

    /** Takes note of a pong, and forgets pings before its own: RFC 6455 section 5.5.3 lets the server answer the last only. */
    void frame(PassingFrame frame) {
        if (!frame.sent() && frame.header().opcode() == Opcode.PONG) {
            pong(frame, System.nanoTime());
        }
    }

    private synchronized void pong(PassingFrame frame, long now) {
        Waiting ping = null;
        for (Iterator<Waiting> latest = waiting.descendingIterator(); ping == null && latest.hasNext(); ) {
            Waiting each = latest.next();
            ping = each.payload().equals(frame.payload()) ? each : null;
        }
        if (ping == null) {
            return;
        }
        Waiting before;
        do {
            before = waiting.remove();
        } while (!before.equals(ping));
        long nanos = now - ping.at();
        took[(int) (answered++ % MOST)] = nanos;
        if (ping.asked()) {
            String text =
                    StandardCharsets.UTF_8.decode(ping.payload().duplicate()).toString();
            teller.accept("pong" + (text.isEmpty() ? "" : " \"" + Printable.of(text) + "\"")
                    + String.format(Locale.ROOT, " %.1f ms", nanos / 1e6));
        }
    }

    /** {@return how it went, to be put behind other words; empty without pings} */
    synchronized String summary() {
        if (sent == 0) {
            return "";
        }
        String pings = ", " + sent + (sent == 1 ? " ping, " : " pings, ") + answered + " answered";
        if (answered == 0) {
            return pings;
        }
        long[] sorted = Arrays.copyOf(took, (int) Math.min(answered, MOST));
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%s, RTT p50 %.1f ms (%.1f to %.1f)",
                pings,
                sorted[(sorted.length - 1) / 2] / 1e6,
                sorted[0] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
