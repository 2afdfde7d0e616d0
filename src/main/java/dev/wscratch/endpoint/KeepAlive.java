package dev.wscratch.endpoint;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Pings a session again and again, on app servers, which have no pings of their own and close what is idle: a page may only
 * listen. If its machine is gone, TCP notices that the Pings are not acknowledged.
 */
final class KeepAlive {
    /** Shorter than any app server's idle timeout; Jetty's is 30 s. */
    static final Duration PERIOD = Duration.ofSeconds(20);

    private final Session session;
    private final Executor pingers;
    private final Consumer<Exception> failed;
    private final Future<?> pings;

    /** One at a time: a session that is slow to take it gets no second one meanwhile. */
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * Begins.
     *
     * @param timer is not blocked
     * @param pingers may be blocked: a Ping waits for a page that does not read
     * @param failed told of a Ping that could not be sent; the next is tried all the same
     */
    KeepAlive(
            Session session,
            ScheduledExecutorService timer,
            Executor pingers,
            Duration period,
            Consumer<Exception> failed) {
        this.session = session;
        this.pingers = pingers;
        this.failed = failed;
        long nanos = period.toNanos();
        this.pings = timer.scheduleAtFixedRate(this::begin, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void begin() {
        if (underWay.compareAndSet(false, true)) {
            try {
                pingers.execute(this::ping);
            } catch (RejectedExecutionException busy) {
                // The next one may find a thread.
                underWay.set(false);
            }
        }
    }

    private void ping() {
        try {
            if (session.isOpen()) {
                session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
            }
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        } finally {
            underWay.set(false);
        }
    }

    void stop() {
        pings.cancel(false);
    }
}
