package dev.wscratch.fault;

import java.nio.ByteBuffer;
import java.time.Duration;

/** The connection that a script is acted out on. All calls, and all tasks, run on one thread at a time. */
public interface Line {
    /**
     * Sends bytes as they are, after those of earlier calls.
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
     * Runs a task later, unless the connection is gone by then.
     *
     * @param delay from now, at most a second
     * @param task short
     */
    void after(Duration delay, Runnable task);

    /** {@return nanoseconds since some moment before the first call, never falling} */
    long nanos();
}
