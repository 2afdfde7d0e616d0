package dev.wscratch.cli;

import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.client.ReadyState;
import dev.wscratch.client.WebSocket;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pings of {@code connect --ping}, and how long their pongs took. Safe for any thread. */
final class Pings {
    private final @Nullable Duration interval;

    /** Times are {@link System#nanoTime}; all fields are guarded by this. */
    private long next;

    private boolean waiting;
    private long sentAt;
    private long sent;
    private long answered;
    private long fastest = Long.MAX_VALUE;
    private long slowest;
    private long sum;

    /**
     * No pings yet.
     *
     * @param interval between them; null for none
     */
    Pings(@Nullable Duration interval) {
        this.interval = interval;
    }

    boolean areSent() {
        return interval != null;
    }

    /** To be called often: sends a ping when it is time for one. */
    synchronized void tick(WebSocket socket) {
        long now = System.nanoTime();
        if (interval == null || socket.readyState() != ReadyState.OPEN || (sent > 0 && now - next < 0)) {
            return;
        }
        next = now + interval.toNanos();
        sent++;
        sentAt = System.nanoTime();
        waiting = true;
        socket.ping(payload());
    }

    /** Of the ping that was sent last. */
    private byte[] payload() {
        return ByteBuffer.allocate(Long.BYTES).putLong(sent).array();
    }

    /** Takes note of the pong to the last ping; RFC 6455 section 5.5.3 lets the server answer only that one. */
    synchronized void frame(PassingFrame frame) {
        if (waiting
                && !frame.sent()
                && frame.header().opcode() == Opcode.PONG
                && frame.payload().equals(ByteBuffer.wrap(payload()))) {
            waiting = false;
            long took = System.nanoTime() - sentAt;
            answered++;
            sum += took;
            fastest = Math.min(fastest, took);
            slowest = Math.max(slowest, took);
        }
    }

    /** {@return how it went, to be put behind other words; empty without pings} */
    synchronized String summary() {
        if (interval == null) {
            return "";
        }
        String times = answered == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", RTT %.1f/%.1f/%.1f ms (least/mean/most)",
                        fastest / 1e6,
                        sum / 1e6 / answered,
                        slowest / 1e6);
        return "   " + sent + " pings, " + answered + " answered" + times;
    }
}
