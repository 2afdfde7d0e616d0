package dev.wscratch.transport;

import org.jspecify.annotations.Nullable;

/**
 * Holds back what follows of a write until the call that writes has returned: Grizzly's TLS calls back with the
 * connection's monitor held, and what follows may be the application's own code.
 */
final class AfterReturn {
    /** Waits for the return; guarded by this object's monitor. */
    private @Nullable Runnable waiting;

    /** Guarded by this object's monitor. */
    private boolean returned;

    /** Runs {@code task} now or, at most one, when the call has returned. */
    void run(Runnable task) {
        synchronized (this) {
            if (!returned) {
                waiting = task;
                return;
            }
        }
        task.run();
    }

    /** The call has returned and its locks are free. */
    void returned() {
        Runnable task;
        synchronized (this) {
            returned = true;
            task = waiting;
            waiting = null;
        }
        if (task != null) {
            task.run();
        }
    }
}
