package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the callbacks of one connection on a pool, one at a time and in order; a blocked callback holds up its own
 * connection only. When the pool has stopped, the calling thread runs what is left, still one at a time.
 */
final class SerialExecutor implements Executor {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    private final Executor pool;

    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /** A thread of the pool is at work, or about to be; guarded by {@code tasks}. */
    private boolean active;

    SerialExecutor(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (active) {
                return;
            }
            active = true;
        }
        if (!handOver()) {
            work();
        }
    }

    /** {@return false when the pool takes nothing more: the server stops, and what waits must still be told} */
    private boolean handOver() {
        try {
            pool.execute(this::work);
            return true;
        } catch (RejectedExecutionException stopped) {
            LOG.log(Level.DEBUG, "the pool has stopped; the current thread runs what is left", stopped);
            return false;
        }
    }

    /** One task, then the end of the pool's queue again, so that a busy connection does not keep a thread. */
    private void work() {
        do {
            runNext();
        } while (hasMore() && !handOver());
    }

    private void runNext() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a connection's task failed", e);
        }
    }

    private boolean hasMore() {
        synchronized (tasks) {
            active = !tasks.isEmpty();
            return active;
        }
    }
}
