package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs the callbacks of one connection on a pool, one at a time and in order; a blocked callback holds up its own
 * connection only.
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
        pool.execute(this::work);
    }

    /** One task, then the end of the pool's queue again, so that a busy connection does not keep a thread. */
    private void work() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a connection's task failed", e);
        }
        synchronized (tasks) {
            if (tasks.isEmpty()) {
                active = false;
                return;
            }
        }
        pool.execute(this::work);
    }
}
