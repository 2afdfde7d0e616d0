package dev.wscratch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Gathers what the threads have recorded, again and again while they go on: of the whole run, and of each second. */
final class Ticker {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<SingleWriterRecorder> recorders;
    private final Span span;
    private final Crew.Observer observer;
    private final LongSupplier inFlight;
    private final Histogram total = LoadGenerator.histogram();
    private final Histogram ofSecond = LoadGenerator.histogram();
    private final Histogram ofTick = LoadGenerator.histogram();
    private final List<Second> seconds = new ArrayList<>();
    private long tickedAt = System.nanoTime();

    Ticker(List<SingleWriterRecorder> recorders, Span span, Crew.Observer observer, LongSupplier inFlight) {
        this.recorders = recorders;
        this.span = span;
        this.observer = observer;
        this.inFlight = inFlight;
    }

    /** Looks once; {@code last} for the rest of a second. */
    void tick(boolean last) {
        long now = System.nanoTime();
        boolean started = now - span.start() >= 0;
        ofTick.reset();
        for (SingleWriterRecorder recorder : recorders) {
            ofTick.add(recorder.getIntervalHistogram());
        }
        total.add(ofTick);
        ofSecond.add(ofTick);
        double elapsed = Math.max(1, now - tickedAt) / 1e9;
        tickedAt = now;
        long due = (now - span.start()) / SECOND;
        while (last ? ofSecond.getTotalCount() > 0 : due > seconds.size()) {
            seconds.add(Second.of(seconds.size(), ofSecond));
            ofSecond.reset();
        }
        Second rate = Second.of(seconds.size(), ofTick);
        Second perSecond =
                new Second(rate.number(), Math.round(rate.messages() / elapsed), rate.p50(), rate.p99(), rate.max());
        observer.at(new Crew.Live(!started, (now - span.start()) / 1e9, perSecond, inFlight.getAsLong()));
    }

    Histogram total() {
        return total;
    }

    List<Second> seconds() {
        return seconds;
    }
}
