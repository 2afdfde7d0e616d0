package dev.wscratch.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, so that a test can hold both. */
interface Timing {
    /** The wall clock, for dates that a server sends. */
    Instant now();

    /** Runs the task once, later, unless the result is cancelled. The task must not block. */
    Future<?> after(Duration delay, Runnable task);

    /** From 0 to 1. */
    double random();

    Timing REAL = new Real();

    /** The real ones. */
    final class Real implements Timing {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            return SharedTransport.after(delay.toMillis(), task);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    }
}
