package dev.wscratch.fault;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One thing that a script does. The steps of a script follow each other; what comes from the peer meanwhile is met with
 * the {@link Manners} that hold at the time.
 */
public sealed interface Step {
    /**
     * Sends bytes at once.
     *
     * @param bytes never changed
     */
    record Send(ByteBuffer bytes) implements Step {}

    /**
     * Sends bytes slowly.
     *
     * @param bytes never changed
     * @param bytesPerSecond at least 1
     */
    record Trickle(ByteBuffer bytes, int bytesPerSecond) implements Step {}

    /**
     * Sends the same bytes many times.
     *
     * @param bytes never changed
     * @param times how often
     * @param every from one time to the next
     */
    record Repeat(ByteBuffer bytes, int times, Duration every) implements Step {}

    /**
     * Treats what comes in another way from now on.
     *
     * @param manners the way
     */
    record Behave(Manners manners) implements Step {}

    /**
     * Waits for the peer, or for time to pass.
     *
     * @param messages until so many whole messages came during this step
     * @param atMost but no longer than this
     */
    record Await(int messages, Duration atMost) implements Step {
        /** Waits for time to pass. */
        static Await time(Duration time) {
            return new Await(Integer.MAX_VALUE, time);
        }
    }

    /** Sends FIN, over TLS behind close_notify; reading goes on. */
    record Fin() implements Step {}

    /** Resets the TCP connection. The script's end. */
    record Reset() implements Step {}

    /** Closes the connection, over TLS behind close_notify. The script's end. */
    record Close() implements Step {}

    /** Closes the TCP connection without a word of TLS. The script's end. */
    record Cut() implements Step {}
}
