package dev.wscratch.transport;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Whether the peer is still there: a Ping each interval, and dead after two that were not answered (RFC 6455 section
 * 5.5.2).
 *
 * <p>A Ping carries the moment it left, so that the Pong that returns it gives the round-trip time. Only the moments of
 * the last two Pings count: a Pong of another kind, or with a moment that the peer made up, is not an answer. Used by the
 * sweep and by the reading thread.
 */
final class Heartbeat {
    /** What is to be done now. */
    enum Due {
        NOTHING,
        PING,
        DEAD
    }

    private static final int PAYLOAD = 12;
    private static final int MARK = 0x77736372; // "wscr"

    private final long intervalNanos;

    /** Guarded by this object's monitor, as are all fields. */
    private long lastPing;

    private int unanswered;

    /** What the last Ping carried, and the one before; at most these two are unanswered. */
    private long sentLast;

    private long sentBefore;
    private long roundTripNanos = -1;

    Heartbeat(Duration interval) {
        this(interval, System.nanoTime());
    }

    Heartbeat(Duration interval, long now) {
        this.intervalNanos = interval.toNanos();
        this.lastPing = now;
    }

    synchronized Due due(long now) {
        if (now - lastPing < intervalNanos) {
            return Due.NOTHING;
        }
        return unanswered >= 2 ? Due.DEAD : Due.PING;
    }

    /** {@return the payload of the Ping that is sent now} */
    synchronized ByteBuffer ping(long now) {
        lastPing = now;
        sentBefore = unanswered == 0 ? now : sentLast;
        sentLast = now;
        unanswered++;
        return ByteBuffer.allocate(PAYLOAD).putInt(MARK).putLong(now).flip();
    }

    /** Starts the interval anew, when the peer could not have answered. */
    synchronized void excuse(long now) {
        lastPing = now;
        unanswered = 0;
    }

    /** {@return whether a Pong answers one of our Pings} */
    synchronized boolean answered(ByteBuffer pong, long now) {
        if (pong.remaining() != PAYLOAD || pong.getInt(pong.position()) != MARK) {
            return false;
        }
        long sent = pong.getLong(pong.position() + 4);
        if (unanswered == 0 || (sent != sentLast && sent != sentBefore)) {
            return false;
        }
        roundTripNanos = now - sent;
        unanswered = 0;
        return true;
    }

    /** {@return the last round trip in nanoseconds; -1 before the first} */
    synchronized long roundTripNanos() {
        return roundTripNanos;
    }
}
