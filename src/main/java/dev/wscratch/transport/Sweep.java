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
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wscratch-sweep");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> watch;

    Sweep(Connections connections, long millis) {
        this.connections = connections;
        watch = scheduler.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (InboundConnection connection : connections.live()) {
            try {
                connection.check(now);
            } catch (RuntimeException | Error e) {
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
