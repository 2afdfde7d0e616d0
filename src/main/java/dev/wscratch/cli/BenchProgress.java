package dev.wscratch.cli;

import dev.wscratch.bench.Crew;
import dev.wscratch.bench.Errors;
import java.time.Duration;
import java.util.Locale;

/** How far a run of {@code bench} has come, on stderr: one line that is redrawn on a terminal, one every 10 s elsewhere. */
final class BenchProgress implements Crew.Observer {
    private static final int BAR = 8;
    private static final long EVERY_SECONDS = 10;

    private final StatusLine status;
    private final Streams streams;
    private final BenchClocks clocks;
    private final int connections;
    private final Duration duration;

    /** Set once, when the crew is there; before the first tick. */
    private final Errors errors;

    /** The line of which ten seconds comes next, where nothing is redrawn. */
    private long next = EVERY_SECONDS;

    BenchProgress(Streams streams, BenchClocks clocks, int connections, Duration duration, Errors errors) {
        this.status = new StatusLine(streams);
        this.streams = streams;
        this.clocks = clocks;
        this.connections = connections;
        this.duration = duration;
        this.errors = errors;
    }

    @Override
    public void opened(int open) {
        status.show(String.format(Locale.ROOT, "connecting %,d/%,d", open, connections));
    }

    @Override
    public void at(Crew.Live live) {
        double all = duration.toMillis() / 1e3;
        double seconds = Math.max(0, Math.min(all, live.seconds()));
        if (live.warmingUp()) {
            status.show(String.format(Locale.ROOT, "warming up  in flight %,d", live.inFlight()));
            return;
        }
        int full = all == 0 ? BAR : (int) (BAR * seconds / all);
        long failed = errors.connections();
        String line = String.format(
                Locale.ROOT,
                "%.1fs/%s %s%s  %,d msg/s  p50 %.2f ms  p99 %.2f ms  in flight %,d%s",
                seconds,
                Value.ofDuration(duration),
                "#".repeat(full),
                "-".repeat(BAR - full),
                live.second().messages(),
                live.second().p50(),
                live.second().p99(),
                live.inFlight(),
                failed == 0 ? "" : String.format(Locale.ROOT, "  errors %,d", failed));
        status.show(line);
        if (!status.redraws() && live.seconds() >= next && live.seconds() < all) {
            streams.say(line);
            next += EVERY_SECONDS;
        }
    }

    @Override
    public void started() {
        clocks.start();
    }

    @Override
    public void ended() {
        clocks.end();
    }

    void clear() {
        status.clear();
    }
}
