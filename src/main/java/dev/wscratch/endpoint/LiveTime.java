package dev.wscratch.endpoint;

import dev.wscratch.message.Message.Live;
import dev.wscratch.message.Message.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the time to one session again and again, as long as it wants that and reads it.
 *
 * <p>Safe for use by many threads.
 */
final class LiveTime {
    private static final Logger LOG = System.getLogger("dev.wscratch.endpoint");

    private final SendQueue sends;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;

    /** Guarded by this; null while it is off. */
    private @Nullable Future<?> ticking;

    /** Messages left out since the last one that was sent; guarded by this. */
    private long skipped;

    LiveTime(SendQueue sends, ScheduledExecutorService timer, InstantSource clock) {
        this.sends = sends;
        this.timer = timer;
        this.clock = clock;
    }

    /** What is asked for takes the place of what was. */
    synchronized void change(Live live) {
        stop();
        if (live.on()) {
            // With a delay and not at a rate: a timer that was late does not make up for it by a burst.
            ticking = timer.scheduleWithFixedDelay(this::tick, live.every(), live.every(), TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
        skipped = 0;
    }

    private synchronized void tick() {
        if (ticking == null) {
            return;
        }
        if (sends.offer(new Time(clock.millis(), skipped), this::failed)) {
            skipped = 0;
        } else {
            skipped++;
        }
    }

    private void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "live time ends: " + cause);
        stop();
    }
}
