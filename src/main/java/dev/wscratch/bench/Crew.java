package dev.wscratch.bench;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One load from several generators, each on a thread of its own: the connections are shared out among them, and at a rate
 * they take turns with the messages. What goes wrong on a connection is counted, and ends that connection only.
 *
 * <p>All methods but {@link #stop} and {@link #stopNow} are of one thread.
 */
public final class Crew implements Closeable {
    /** A second has a whole number of them. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

    /** Time for all threads to hear of it before the first message is due. */
    private static final Duration SETTING_OUT = Duration.ofMillis(20);

    /**
     * What to do.
     *
     * @param load of all threads together
     * @param rate messages per second, of all; 0 for a closed loop
     * @param threads at most as many as connections
     * @param ramp over which the connections are opened
     * @param warmUp before it counts
     * @param duration how long it counts
     * @param patience how long replies may stay away, and a connection may take to open
     */
    public record Plan(
            Target target,
            Load load,
            int rate,
            int threads,
            Duration ramp,
            Duration warmUp,
            Duration duration,
            Duration patience) {
        /** Refuses more threads than connections. */
        public Plan {
            if (threads < 1 || threads > load.connections()) {
                throw new IllegalArgumentException(
                        "expected 1 to " + load.connections() + " threads, one for each connection, got " + threads);
            }
        }
    }

    /** Hears how it goes, on the thread that has called. */
    public interface Observer {
        /** So many connections are open. */
        void opened(int connections);

        /** Four times a second while it runs. */
        void at(Live live);

        /** It begins to count; on a thread of the crew's. */
        void started();

        /** It ceases to: in a closed loop when the time is over, at a rate when the last reply is there; as above. */
        void ended();
    }

    /**
     * How it goes.
     *
     * @param warmingUp nothing counts yet
     * @param seconds since it counts
     * @param second the figures of the last tick, per second
     * @param inFlight messages without a reply
     */
    public record Live(boolean warmingUp, double seconds, Second second, long inFlight) {}

    private final Plan plan;
    private final Errors errors = new Errors();
    private final List<LoadGenerator> generators = new ArrayList<>();
    private final List<SingleWriterRecorder> recorders = new ArrayList<>();
    private final ExecutorService threads;

    /** A time from which ticks count. */
    private long tickOrigin = System.nanoTime();

    private Crew(Plan plan) {
        this.plan = plan;
        this.threads = Executors.newFixedThreadPool(plan.threads(), task -> {
            Thread thread = new Thread(task, "wscratch-bench");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A crew without connections.
     *
     * @throws IOException when there is no selector to be had
     */
    public static Crew of(Plan plan) throws IOException {
        Crew crew = new Crew(plan);
        for (int i = 0; i < plan.threads(); i++) {
            Load all = plan.load();
            int connections = (all.connections() + i) / plan.threads();
            Load share = new Load(connections, all.inFlight(), all.size(), all.opcode());
            crew.generators.add(new LoadGenerator(share, plan.patience(), crew.errors));
            crew.recorders.add(new SingleWriterRecorder(1, LoadGenerator.LONGEST_MICROS, 3));
        }
        return crew;
    }

    /**
     * Opens the connections.
     *
     * @throws RefusedException when the server refuses the first one of a thread
     * @throws IOException when that cannot be opened
     * @throws InterruptedException when the thread is interrupted
     */
    public void open(Observer observer) throws IOException, InterruptedException {
        AtomicInteger open = new AtomicInteger();
        List<Future<Void>> opening = new ArrayList<>();
        for (LoadGenerator generator : generators) {
            opening.add(threads.submit(() -> {
                int[] last = {0};
                generator.open(plan.target(), plan.ramp(), connections -> {
                    open.addAndGet(connections - last[0]);
                    last[0] = connections;
                });
                return null;
            }));
        }
        await(opening, () -> {
            observer.opened(open.get());
            return null;
        });
    }

    /**
     * Runs the load once.
     *
     * @return what was measured, also when all connections are gone or it was stopped
     * @throws OverloadException when a million messages are in flight
     * @throws IOException when the selector fails
     * @throws InterruptedException when the thread is interrupted
     */
    public Measured run(Observer observer) throws IOException, InterruptedException {
        Span span = Span.from(System.nanoTime() + SETTING_OUT.toNanos(), plan.warmUp(), plan.duration());
        List<LoadGenerator.Report> reports = new ArrayList<>();
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < generators.size(); i++) {
            Callable<LoadGenerator.Report> run = run(i, span, observer);
            running.add(threads.submit(() -> {
                LoadGenerator.Report report = run.call();
                synchronized (reports) {
                    reports.add(report);
                }
                return null;
            }));
        }
        tickOrigin = span.start();
        Ticker ticker = new Ticker(recorders, span, observer, this::inFlight);
        await(running, () -> {
            ticker.tick(false);
            return null;
        });
        ticker.tick(true);
        return measured(reports, ticker);
    }

    private Callable<LoadGenerator.Report> run(int index, Span span, Observer observer) {
        Runnable start = index == 0 ? observer::started : () -> {};
        Runnable end = index == 0 ? observer::ended : () -> {};
        LoadGenerator generator = generators.get(index);
        SingleWriterRecorder recorder = recorders.get(index);
        LoadGenerator.Latencies latencies = nanos -> recorder.recordValue(LoadGenerator.micros(nanos));
        Histogram none = LoadGenerator.histogram(); // The ticker has them.
        if (plan.rate() == 0) {
            return () -> generator.closedLoop(span, latencies, none, start, end);
        }
        Schedule schedule = new Schedule(span.begin(), plan.rate(), index, generators.size());
        return () -> generator.openModel(schedule, span, latencies, none, start, end);
    }

    private Measured measured(List<LoadGenerator.Report> reports, Ticker ticker) {
        Histogram lagMicros = LoadGenerator.histogram();
        long messages = 0;
        long nanos = 1;
        for (LoadGenerator.Report report : reports) {
            messages += report.messages();
            nanos = Math.max(nanos, report.nanos());
            lagMicros.add(report.lagMicros());
        }
        LoadGenerator.Report all = new LoadGenerator.Report(messages, nanos, ticker.total(), lagMicros);
        return new Measured(all, connectMicros(), ticker.seconds(), errors, unanswered());
    }

    /** {@return what went wrong so far} */
    public Errors errors() {
        return errors;
    }

    /** {@return how long each connection took to open} */
    public Histogram connectMicros() {
        Histogram all = LoadGenerator.histogram();
        generators.forEach(generator -> all.add(generator.connectMicros()));
        return all;
    }

    /** {@return how many connections are open} */
    public int connections() {
        return generators.stream().mapToInt(LoadGenerator::openConnections).sum();
    }

    private long inFlight() {
        return generators.stream().mapToLong(LoadGenerator::inFlight).sum();
    }

    private long unanswered() {
        return generators.stream().mapToLong(LoadGenerator::unansweredNow).sum();
    }

    /**
     * Holds the connections open, answers pings, and then sends one message on each.
     *
     * @return how many messages came back
     * @throws IOException when the selector fails
     * @throws InterruptedException when the thread is interrupted
     */
    public long idle(Duration time, Observer observer) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        List<Future<Void>> idling = new ArrayList<>();
        for (LoadGenerator generator : generators) {
            idling.add(threads.submit(() -> {
                generator.idle(time);
                generator.once();
                return null;
            }));
        }
        Second nothing = new Second(0, 0, 0, 0, 0);
        await(idling, () -> {
            observer.at(new Live(false, (System.nanoTime() - begun) / 1e9, nothing, inFlight()));
            return null;
        });
        return generators.stream().mapToLong(LoadGenerator::verified).sum();
    }

    /** Waits for all, and does something every tick and once at the end. */
    private void await(List<Future<Void>> tasks, Callable<Void> atTick) throws IOException, InterruptedException {
        try {
            for (Future<Void> task : tasks) {
                boolean done = false;
                while (!done) {
                    try {
                        task.get(TICK - Math.floorMod(System.nanoTime() - tickOrigin, TICK), TimeUnit.NANOSECONDS);
                        done = true;
                    } catch (TimeoutException e) {
                        atTick.call();
                    }
                }
            }
            atTick.call();
        } catch (ExecutionException e) {
            stopNow();
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("A generator failed: " + e.getCause(), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A tick threw " + e, e);
        }
    }

    /** Sends no more; the run ends when the replies that are due are there. */
    public void stop() {
        generators.forEach(LoadGenerator::stop);
    }

    /** Ends the run at once. */
    public void stopNow() {
        generators.forEach(LoadGenerator::stopNow);
    }

    /**
     * Says goodbye on every connection.
     *
     * @return how many the server ended with which code; 1006 is for none
     * @throws IOException when the selector fails
     * @throws InterruptedException when the thread is interrupted
     */
    public Map<Integer, Long> goodbye() throws IOException, InterruptedException {
        List<Future<Void>> closing = new ArrayList<>();
        for (LoadGenerator generator : generators) {
            closing.add(threads.submit(() -> {
                generator.close();
                return null;
            }));
        }
        await(closing, () -> null);
        Map<Integer, Long> closes = new TreeMap<>();
        generators.forEach(
                generator -> generator.closes().forEach((code, count) -> closes.merge(code, count, Long::sum)));
        return closes;
    }

    /** Ends what is still open, without a word. */
    @Override
    public void close() throws IOException {
        stopNow();
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (LoadGenerator generator : generators) {
            generator.abort();
        }
    }
}
