package dev.wscratch.transport;

import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection without rules: whoever takes it decides every byte that leaves, from the response head on. It is for
 * misbehaving on purpose; limits on connections and the stop of the server still hold.
 */
public interface RawConnection {
    /** Decides which requests are taken out of the protocol's hands. */
    @FunctionalInterface
    interface Source {
        /** Takes nothing. */
        Source NONE = head -> null;

        /**
         * Asked once for each well-formed request that passed Origin and Host, before anything else looks at it.
         *
         * @param head the request as it came
         * @return what becomes of the connection, or null to go on as usual
         */
        @Nullable Decision decide(RequestHead head);
    }

    /** What becomes of a request that a source has looked at. */
    sealed interface Decision {}

    /**
     * It is answered, counted and logged as every refusal, and the connection ends.
     *
     * @param answer of status 400 or more
     * @param why a word of a small fixed set, for metrics and log
     */
    record Refused(HttpResponse answer, String why) implements Decision {}

    /** Who handles a raw connection. Its methods run on the connection's selector thread and must not block. */
    non-sealed interface Handler extends Decision {
        /**
         * The connection is yours.
         *
         * @param connection to write to
         */
        void start(RawConnection connection);

        /**
         * Bytes came.
         *
         * @param bytes all of them; valid during the call
         */
        void received(ByteBuffer bytes);

        /** The TCP connection is gone. */
        void gone();
    }

    /**
     * Sends bytes as they are.
     *
     * @param bytes not to be changed afterwards
     */
    void write(ByteBuffer bytes);

    /** Sends what was written, then over TLS its goodbye (close_notify), then FIN; reading goes on. */
    void shutdownOutput();

    /** Sends what was written, then over TLS its goodbye, then closes. */
    void close();

    /** Sends what was written, then closes without TLS's goodbye. */
    void cut();

    /** Resets the connection now. */
    void abort();

    /**
     * Stops or resumes reading.
     *
     * @param pause whether to stop
     */
    void pauseReading(boolean pause);

    /**
     * Runs a task later on the connection's selector thread, unless the connection is gone by then.
     *
     * @param delay from now
     * @param task short
     */
    void after(Duration delay, Runnable task);
}
