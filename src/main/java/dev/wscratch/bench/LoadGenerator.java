package dev.wscratch.bench;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The load on one server: open, run, drain, close, all on the caller's thread.
 *
 * <p>{@link #run} is a closed loop: a message is sent when a reply has come, so that {@code connections × inFlight}
 * messages are under way at any time, and a slow server is asked less. Latency is from the decision to send a message to
 * its verified reply.
 *
 * <p>{@link #runAtRate} is the open model: messages are due by the clock, on one connection after the other, and latency
 * is from that moment on, so that a server that stalls is charged for what should have been sent meanwhile (no
 * coordinated omission). For the last millisecond before a message is due it spins, since a selector wakes too late.
 */
public final class LoadGenerator implements Closeable {
    /** A selector counts in milliseconds. */
    private static final long SPIN = TimeUnit.MILLISECONDS.toNanos(1);

    /** Longer than any run: a stall that is cut short would pass {@code --assert max}. */
    static final long LONGEST_MICROS = TimeUnit.DAYS.toMicros(1);

    /** At a rate, of all connections together; the time of each is kept. */
    private static final long MOST_IN_FLIGHT = 1_000_000;

    private final Load load;
    private final Connections connections;
    private final Histogram connectMicros = histogram();

    /** For other threads to read. */
    private final AtomicLong inFlight = new AtomicLong();

    /** Messages that were sent at a rate. */
    private long sent;

    /** What had come back, or was lost, before the first of them. */
    private long answeredBefore;

    /** Set by any thread: send no more. */
    private volatile boolean stopping;

    /** Set by any thread: wait for no more either. */
    private volatile boolean stoppingNow;

    /** Without a connection; {@code errors} counts what goes wrong, null ends the run at the first error. */
    LoadGenerator(Load load, Duration patience, @Nullable Errors errors) throws IOException {
        this.load = load;
        this.connections = new Connections(load, patience, errors);
    }

    /**
     * What was measured.
     *
     * @param messages that came back, each verified
     * @param nanos that it took
     * @param micros latency of each message, in microseconds
     * @param lagMicros how much later than due each message was sent, in microseconds; empty for a closed loop
     */
    public record Report(long messages, long nanos, Histogram micros, Histogram lagMicros) {}

    /** Takes the latency of each message that counts. */
    @FunctionalInterface
    interface Latencies {
        void record(long nanos);
    }

    static Histogram histogram() {
        return new Histogram(1, LONGEST_MICROS, 3);
    }

    static long micros(long nanos) {
        return Math.max(1, Math.min(nanos / 1000, LONGEST_MICROS));
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(micros(nanos));
    }

    /**
     * Opens all connections.
     *
     * @param target the server
     * @param load how many, and what they will send
     * @param patience how long replies may stay away altogether, and a connection may take to open
     * @return ready to run
     * @throws RefusedException when the server answers a handshake otherwise than with a correct 101
     * @throws IOException when one cannot be opened
     */
    public static LoadGenerator open(Target target, Load load, Duration patience) throws IOException {
        LoadGenerator generator = new LoadGenerator(load, patience, null);
        generator.open(target, Duration.ZERO, opened -> {});
        return generator;
    }

    /** Opens them evenly over the ramp. */
    void open(Target target, Duration ramp, Connections.Opened opened) throws IOException {
        connections.open(target, ramp, () -> !stopping, connectMicros, opened);
    }

    /**
     * Runs the load once in a closed loop: warms up, measures, and waits for the replies that are still due.
     *
     * @param warmUp before anything counts
     * @param measured how long it counts
     * @param atStart called when it begins to count, to read other clocks
     * @param atEnd called when it ceases to
     * @return what was measured: the messages that came back in that time
     * @throws WrongReplyException at the first reply that is not the echo
     * @throws IOException when a connection ends, or nothing comes back for the patience
     */
    public Report run(Duration warmUp, Duration measured, Runnable atStart, Runnable atEnd) throws IOException {
        Histogram micros = histogram();
        Span span = Span.from(System.nanoTime(), warmUp, measured);
        return closedLoop(span, nanos -> record(micros, nanos), micros, atStart, atEnd);
    }

    /** The same at given times; the report's latencies are those of {@code micros}. */
    Report closedLoop(Span span, Latencies latencies, Histogram micros, Runnable atStart, Runnable atEnd)
            throws IOException {
        connections.sendAgain(true);
        connections.listen((due, now) -> {});
        pumpUntil(span.begin());
        connections.sendOnEach(load.inFlight());
        pumpUntil(span.start());
        connections.listen((due, now) -> latencies.record(now - due));
        long before = connections.verified();
        long start = System.nanoTime();
        atStart.run();
        pumpUntil(span.end());
        atEnd.run();
        Report report = new Report(connections.verified() - before, System.nanoTime() - start, micros, histogram());
        connections.listen((due, now) -> {});
        drain();
        return report;
    }

    /**
     * Runs the load once in the open model, and waits for the replies that are still due. How many messages are in flight
     * is up to the server, within a million.
     *
     * @param rate messages per second, on all connections together
     * @param warmUp before anything counts
     * @param measured how long it counts
     * @param atStart called when it begins to count
     * @param atEnd called when it ceases to, which is when the last reply is there
     * @return what was measured: the messages that were due in that time, whenever they came back, and the time until the
     *     last of them was there, which is longer than asked where the server is behind
     * @throws WrongReplyException at the first reply that is not the echo
     * @throws OverloadException when a million messages are in flight
     * @throws IOException when a connection ends, or nothing comes back for the patience
     */
    public Report runAtRate(int rate, Duration warmUp, Duration measured, Runnable atStart, Runnable atEnd)
            throws IOException {
        Histogram micros = histogram();
        Span span = Span.from(System.nanoTime(), warmUp, measured);
        Schedule schedule = new Schedule(span.begin(), rate, 0, 1);
        return openModel(schedule, span, nanos -> record(micros, nanos), micros, atStart, atEnd);
    }

    /** The same at given times; the report's latencies are those of {@code micros}. */
    Report openModel(
            Schedule schedule, Span span, Latencies latencies, Histogram micros, Runnable atStart, Runnable atEnd)
            throws IOException {
        connections.sendAgain(false);
        sent = 0;
        answeredBefore = connections.verified() + connections.lost();
        long[] counted = {0};
        connections.listen((due, now) -> {
            if (due - span.start() >= 0) {
                counted[0]++;
                latencies.record(now - due);
            }
        });
        Histogram lagMicros = histogram();
        pumpUntil(span.begin());
        pumpOnSchedule(schedule, span.start(), histogram());
        atStart.run();
        pumpOnSchedule(schedule, span.end(), lagMicros);
        drain();
        long nanos = System.nanoTime() - span.start();
        atEnd.run();
        connections.listen((due, now) -> {});
        return new Report(counted[0], nanos, micros, lagMicros);
    }

    private boolean goesOn() {
        return !stopping && !connections.isEmpty();
    }

    private void pumpOnSchedule(Schedule schedule, long end, Histogram lagMicros) throws IOException {
        connections.progress();
        long due = schedule.dueAt(sent);
        while (due - end < 0 && goesOn()) {
            long now = System.nanoTime();
            if (due - now <= 0) {
                checkBacklog();
                connections.sendNext(due);
                record(lagMicros, System.nanoTime() - due);
                due = schedule.dueAt(++sent);
                // A few at a time where it is behind, so that the replies do not wait for all of them.
                if (due - now <= 0 && sent % 64 != 0) {
                    continue;
                }
            }
            turn(due - now - SPIN);
        }
        // The last message is due before the time is over.
        for (long now = System.nanoTime(); now - end < 0 && goesOn(); now = System.nanoTime()) {
            turn(end - now - SPIN);
        }
    }

    private void turn(long nanos) throws IOException {
        connections.turn(TimeUnit.NANOSECONDS.toMillis(nanos));
        inFlight.lazySet(unanswered());
    }

    private long unanswered() {
        return sent - (connections.verified() + connections.lost() - answeredBefore);
    }

    private void checkBacklog() throws OverloadException {
        if (unanswered() >= MOST_IN_FLIGHT) {
            throw new OverloadException("expected replies at the rate of the messages, got " + MOST_IN_FLIGHT
                    + " messages in flight; try a lower rate");
        }
    }

    /** {@return how long each connection took from TCP to the 101, in microseconds} */
    public Histogram connectMicros() {
        return connectMicros;
    }

    /** Sends one message on each connection, and waits for all replies. */
    public void once() throws IOException {
        connections.sendAgain(false);
        connections.sendOnEach(1);
        drain();
    }

    /** {@return how many messages have come back since the connections were opened} */
    public long verified() {
        return connections.verified();
    }

    /** {@return how many messages were not answered when last looked at; may be called by any thread} */
    long inFlight() {
        return inFlight.get();
    }

    /** {@return how many connections are open} */
    int openConnections() {
        return connections.size();
    }

    /** {@return how many messages nobody has waited for; when the run is over} */
    long unansweredNow() {
        return connections.inFlight();
    }

    /** Answers pings for a while, and sends nothing of its own. */
    public void idle(Duration time) throws IOException {
        connections.idleUntil(System.nanoTime() + time.toNanos(), this::goesOn);
    }

    private void pumpUntil(long end) throws IOException {
        connections.pump(() -> System.nanoTime() - end < 0 && !stopping);
    }

    private void drain() throws IOException {
        connections.sendAgain(false);
        BooleanSupplier due = () -> !stoppingNow && connections.isAnyInFlight();
        connections.pump(due);
        inFlight.lazySet(connections.inFlight());
    }

    /** Sends no more, from any thread; the run ends when the replies that are due are there. */
    void stop() {
        stopping = true;
        connections.stopOpening();
    }

    /** Ends the run at once, from any thread. */
    void stopNow() {
        stopping = true;
        stoppingNow = true;
        connections.stopOpening();
    }

    /** {@return how many connections the server ended with which code; 1006 is for none} */
    Map<Integer, Long> closes() {
        return connections.closes();
    }

    /** Says goodbye on every connection, and gives the server a few seconds to end them. */
    @Override
    public void close() throws IOException {
        if (stoppingNow) {
            connections.abort();
        } else {
            connections.close();
        }
    }

    /** Ends them without a word. */
    void abort() throws IOException {
        connections.abort();
    }
}
