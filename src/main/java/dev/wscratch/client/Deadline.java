package dev.wscratch.client;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The one thing that a {@link Link} waits for, and what happens if it does not come. Safe for any thread. */
final class Deadline {
    /** Guarded by this. */
    private @Nullable Future<?> running;

    /** Instead of what was waited for before; {@code otherwise} must not block. */
    synchronized void expect(long milliseconds, Runnable otherwise) {
        cancel();
        running = SharedTransport.after(milliseconds, otherwise);
    }

    synchronized void cancel() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
