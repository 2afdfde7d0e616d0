package dev.wscratch.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs activities side by side, a thread for each, until it is stopped; then all their connections are closed. */
final class Load {
    /** The slowest attack waits for a deadline of the server, and a stuck one fails by its socket's. */
    private static final long ENDS_WITHIN_SECONDS = 40;

    private final List<Activity> activities;
    private final Tally tally;
    private final ScheduledExecutorService threads;

    /** Held for reading by each step, for writing while the server is sampled. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock(true);

    private Load(List<Activity> activities, Tally tally) {
        this.activities = activities;
        this.tally = tally;
        this.threads = Executors.newScheduledThreadPool(activities.size());
    }

    /**
     * Starts all.
     *
     * @param rate how much faster than usual each begins its next step
     */
    static Load start(List<Activity> activities, Tally tally, double rate) {
        Load load = new Load(activities, tally);
        for (Activity activity : activities) {
            long pause = Math.max(1, Math.round(activity.pauseMillis() / rate));
            Future<?> steps =
                    load.threads.scheduleWithFixedDelay(() -> load.step(activity), 0, pause, TimeUnit.MILLISECONDS);
            if (steps.isDone()) {
                throw new IllegalStateException(activity.name() + " did not start");
            }
        }
        return load;
    }

    private void step(Activity activity) {
        boolean pauses = activity.pausesForSamples();
        if (pauses) {
            gate.readLock().lock();
        }
        try {
            activity.step();
        } catch (Exception | AssertionError e) {
            tally.fail(activity.name(), e);
        } finally {
            if (pauses) {
                gate.readLock().unlock();
            }
        }
    }

    /** Samples between the steps of all that pause for it. */
    Sample sample(Sampler sampler, double seconds) throws IOException, InterruptedException {
        gate.writeLock().lock();
        try {
            return sampler.sample(seconds);
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Returns when nothing is under way any more. */
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            tally.fail("a step of the load has not ended " + ENDS_WITHIN_SECONDS
                    + " s after the last should: the server neither answers nor ends a connection");
            threads.shutdownNow();
            return;
        }
        for (Activity activity : activities) {
            try {
                activity.end();
            } catch (Exception e) {
                tally.fail("end of " + activity.name(), e);
            }
        }
    }
}
