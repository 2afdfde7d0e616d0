package dev.wscratch.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets what happens in a conversation wait until the one before it is over, and keeps it in order. */
final class Turn {
    /** What has happened so far; null once it has begun; guarded by this. */
    private @Nullable List<Runnable> waiting = new ArrayList<>();

    /** Runs it, now or when the turn begins; on any thread, one after the other. */
    synchronized void then(Runnable event) {
        if (waiting == null) {
            event.run();
        } else {
            waiting.add(event);
        }
    }

    /** Runs what has waited. */
    synchronized void begin() {
        List<Runnable> events = waiting;
        waiting = null;
        if (events != null) {
            events.forEach(Runnable::run);
        }
    }
}
