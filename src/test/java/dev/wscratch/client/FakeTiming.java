package dev.wscratch.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Time that stands still until the test takes the next timer and runs it, and chance that is always the same. */
final class FakeTiming implements Timing {
    private final BlockingQueue<Timer> timers = new LinkedBlockingQueue<>();

    record Timer(Duration delay, FutureTask<Void> task) {
        void run() {
            task.run();
        }
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    public FutureTask<Void> after(Duration delay, Runnable task) {
        Timer timer = new Timer(delay, new FutureTask<>(task, null));
        timers.add(timer);
        return timer.task();
    }

    @Override
    public double random() {
        return 1;
    }

    /** Waits for the next timer that is set. */
    Timer next() throws InterruptedException {
        Timer timer = timers.poll(10, TimeUnit.SECONDS);
        if (timer == null) {
            throw new AssertionError("expected a timer within 10 s, got none");
        }
        return timer;
    }
}
