package dev.wscratch.bench;

import java.util.concurrent.TimeUnit;

/**
 * When each message of the open model is due, whatever the server does meanwhile: evenly, from the start on.
 *
 * @param start when the first one is, by {@link System#nanoTime}
 * @param rate messages per second
 */
record Schedule(long start, int rate) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When a message is due, by its number from 0 on. */
    long dueAt(long message) {
        // In two parts, which stay exact and do not overflow however long it takes.
        return start + message / rate * SECOND + message % rate * SECOND / rate;
    }
}
