package dev.wscratch.bench;

import java.util.concurrent.TimeUnit;

/**
 * When each message of the open model is due, whatever the server does meanwhile: evenly, from the start on. Several
 * generators take turns: each has every so-and-so-manieth message.
 *
 * @param start when the first one is, by {@link System#nanoTime}
 * @param rate messages per second of all
 * @param first whose turn it is with the first one: this one's, by its number from 0 on
 * @param generators how many there are
 */
record Schedule(long start, int rate, int first, int generators) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When a message is due, by its number from 0 on. */
    long dueAt(long message) {
        long ofAll = message * generators + first;
        // In two parts, which stay exact and do not overflow however long it takes.
        return start + ofAll / rate * SECOND + ofAll % rate * SECOND / rate;
    }
}
