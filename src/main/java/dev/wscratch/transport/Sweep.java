package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** One thread that looks at every connection again and again, so that no connection and no message needs a timer. */
final class Sweep implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    private final Connections connections;
    private final LongConsumer also;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wscratch-sweep");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> watch;

    /**
     * Starts to look.
     *
     * @param connections to look at
     * @param also called each time, with {@link System#nanoTime}
     * @param millis between two looks
     */
    Sweep(Connections connections, LongConsumer also, long millis) {
        this.connections = connections;
        this.also = also;
        watch = scheduler.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        try {
            also.accept(now);
        } catch (RuntimeException e) {
            // Thrown on, it would end the watch over all connections, silently.
            LOG.log(Level.ERROR, "the listeners could not be looked after", e);
        }
        for (InboundConnection connection : connections.live()) {
            try {
                connection.check(now);
            } catch (RuntimeException | Error e) {
                // One connection's trouble must not end the watch over all others.
                LOG.log(Level.ERROR, "deadline check failed; the connection is cut", e);
                connection.abort("an error of the server's");
            }
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
        scheduler.shutdownNow();
    }
}
