package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One thread that looks at every connection again and again, so that no connection and no message needs a timer. */
final class Sweep implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    private final Connections connections;
    private final Runnable also;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wscratch-sweep");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> watch;

    /**
     * Begins to sweep.
     *
     * @param connections looked at one after the other
     * @param millis between two rounds
     * @param also run once in each round
     */
    Sweep(Connections connections, long millis, Runnable also) {
        this.connections = connections;
        this.also = also;
        watch = scheduler.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        also.run();
        long now = System.nanoTime();
        for (InboundConnection connection : connections.live()) {
            try {
                connection.check(now);
            } catch (RuntimeException e) {
                // One connection's trouble must not end the watch over all others.
                LOG.log(Level.ERROR, "deadline check failed; the connection is cut", e);
                connection.abort();
            }
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
        scheduler.shutdownNow();
    }
}
