package dev.wscratch.transport;

import java.time.Duration;

/**
 * How long a peer may take over each step. All are measured on the monotonic clock.
 *
 * @param handshake from accept (or from the last HTTP answer) to a whole request head
 * @param frame from the first byte of a frame to its last
 * @param write from the moment a peer stops taking bytes that are queued for it until it is closed with 1013
 * @param close from our Close frame to the peer's
 * @param drain from the start of a stop until what is left is cut off
 * @param spread over which a stop tells its sessions 1001, so that they do not all come back at once; within drain
 * @param pingInterval between Pings; a peer that leaves two of them unanswered is gone
 * @param idle without a message from the peer before it is closed with 1000; zero for never
 */
public record Deadlines(
        Duration handshake,
        Duration frame,
        Duration write,
        Duration close,
        Duration drain,
        Duration spread,
        Duration pingInterval,
        Duration idle) {
    /** Beyond this a number of nanoseconds would not be safe to add to a clock; declared first: {@link #DEFAULT} needs it. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** The defaults: 10 s for a head, 60 s for a frame, 10 s for a write, 5 s for a Close, 10 s to drain, Ping each 25 s. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(25),
            Duration.ZERO);

    /** Checks each value. */
    public Deadlines {
        positive("handshake", handshake);
        positive("frame", frame);
        positive("write", write);
        positive("close", close);
        positive("drain", drain);
        positive("pingInterval", pingInterval);
        if (spread.isNegative() || spread.compareTo(drain) > 0) {
            throw new IllegalArgumentException(
                    "spread: expected a duration from 0 to the drain deadline of " + drain + ", got " + spread);
        }
        if (!idle.isZero()) {
            positive("idle", idle);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": expected a duration of more than 0 and at most "
                    + LONGEST.toDays() + " days, got " + value);
        }
    }

    /** {@return how often to look at the connections, in milliseconds, so that the shortest deadline is kept closely} */
    long sweepMillis() {
        long shortest = Math.min(handshake.toMillis(), frame.toMillis());
        shortest = Math.min(shortest, Math.min(write.toMillis(), close.toMillis()));
        shortest = Math.min(shortest, pingInterval.toMillis());
        return Math.max(10, Math.min(250, shortest / 8));
    }
}
