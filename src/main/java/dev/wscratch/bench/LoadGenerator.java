package dev.wscratch.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

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
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** A selector counts in milliseconds. */
    private static final long SPIN = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** At a rate, of all connections together; the time of each is kept. */
    private static final long MOST_IN_FLIGHT = 1_000_000;

    private final Load load;
    private final Duration patience;
    private final Selector selector;
    private final Histogram connectMicros = histogram();
    private final List<Conversation> conversations = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);

    /** Messages that came back since it was last set to 0. */
    private long messages;

    /** Messages that came back in all. */
    private long verified;

    /** When something of a message last came back. */
    private long progressAt = System.nanoTime();

    /** Messages that were sent at a rate. */
    private long sent;

    /** What {@link #verified} was before the first of them. */
    private long verifiedBefore;

    /** Takes each message's times. */
    private Conversation.Replies replies = (due, now) -> {};

    /** Whether each reply is followed by the next message. */
    private boolean sendAgain = true;

    private LoadGenerator(Load load, Duration patience, Selector selector) {
        this.load = load;
        this.patience = patience;
        this.selector = selector;
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

    private static Histogram histogram() {
        return new Histogram(1, LONGEST_MICROS, 3);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(1, Math.min(nanos / 1000, LONGEST_MICROS)));
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
        LoadGenerator generator = new LoadGenerator(load, patience, Selector.open());
        try (Opening opening = new Opening(target, patience)) {
            FrameLoop loop = new FrameLoop(load);
            for (int i = 0; i < load.connections(); i++) {
                long begun = System.nanoTime();
                Line line = opening.open();
                record(generator.connectMicros, System.nanoTime() - begun);
                SelectionKey key = line.channel().register(generator.selector, SelectionKey.OP_READ);
                Conversation conversation = new Conversation(line, key, loop, load);
                key.attach(conversation);
                generator.conversations.add(conversation);
            }
            return generator;
        } catch (IOException | RuntimeException e) {
            generator.abort();
            throw e;
        }
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
        sendAgain = true;
        replies = (due, now) -> {};
        for (Conversation conversation : conversations) {
            conversation.send(load.inFlight(), System.nanoTime());
        }
        pumpFor(warmUp);
        Histogram micros = histogram();
        replies = (due, now) -> record(micros, now - due);
        messages = 0;
        long start = System.nanoTime();
        atStart.run();
        pumpFor(measured);
        atEnd.run();
        Report report = new Report(messages, System.nanoTime() - start, micros, histogram());
        replies = (due, now) -> {};
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
        sendAgain = false;
        sent = 0;
        verifiedBefore = verified;
        Schedule schedule = new Schedule(System.nanoTime(), rate);
        long start = schedule.start() + warmUp.toNanos();
        long end = start + measured.toNanos();
        Histogram micros = histogram();
        Histogram lagMicros = histogram();
        replies = (due, now) -> {
            if (due - start >= 0) {
                record(micros, now - due);
            }
        };
        pumpOnSchedule(schedule, start, histogram());
        atStart.run();
        pumpOnSchedule(schedule, end, lagMicros);
        drain();
        long nanos = System.nanoTime() - start;
        atEnd.run();
        replies = (due, now) -> {};
        return new Report(micros.getTotalCount(), nanos, micros, lagMicros);
    }

    private void pumpOnSchedule(Schedule schedule, long end, Histogram lagMicros) throws IOException {
        progressAt = System.nanoTime();
        long due = schedule.dueAt(sent);
        while (due - end < 0) {
            long now = System.nanoTime();
            if (due - now <= 0) {
                checkBacklog();
                conversations.get((int) (sent % conversations.size())).send(1, due);
                record(lagMicros, System.nanoTime() - due);
                due = schedule.dueAt(++sent);
                // A few at a time where it is behind, so that the replies do not wait for all of them.
                if (due - now <= 0 && sent % 64 != 0) {
                    continue;
                }
            }
            turn(TimeUnit.NANOSECONDS.toMillis(due - now - SPIN));
        }
        // The last message is due before the time is over.
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
            turn(TimeUnit.NANOSECONDS.toMillis(end - now - SPIN));
        }
    }

    private void checkBacklog() throws OverloadException {
        if (sent - (verified - verifiedBefore) >= MOST_IN_FLIGHT) {
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
        sendAgain = false;
        for (Conversation conversation : conversations) {
            conversation.send(1, System.nanoTime());
        }
        drain();
    }

    /** {@return how many messages have come back since the connections were opened} */
    public long verified() {
        return verified;
    }

    /** Answers pings for a while, and sends nothing of its own. */
    public void idle(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        pump(() -> {
            progressAt = System.nanoTime();
            return progressAt - end < 0;
        });
    }

    private void pumpFor(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        pump(() -> System.nanoTime() - end < 0);
    }

    private void drain() throws IOException {
        sendAgain = false;
        pump(this::isAnyInFlight);
    }

    private void pump(BooleanSupplier goesOn) throws IOException {
        progressAt = System.nanoTime();
        while (goesOn.getAsBoolean()) {
            turn(100);
        }
    }

    /** Reads and writes once what can be, and waits for it at most so many milliseconds, perhaps none. */
    private void turn(long millis) throws IOException {
        int count = millis > 0 ? selector.select(Math.min(millis, 100)) : selector.selectNow();
        boolean progress = false;
        if (count > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
                progress |= ready(key);
            }
            selector.selectedKeys().clear();
        }
        if (progress) {
            progressAt = System.nanoTime();
        } else {
            checkProgress(); // also where something came: a server may send Pings for ever
        }
    }

    private void checkProgress() throws IOException {
        long now = System.nanoTime();
        if (now - progressAt > patience.toNanos()) {
            if (isAnyInFlight()) {
                throw new IOException("expected replies, got none for " + patience.toMillis() / 1000.0 + " s");
            }
            progressAt = now;
        }
    }

    private boolean isAnyInFlight() {
        return conversations.stream().anyMatch(conversation -> conversation.inFlight() > 0);
    }

    /** True if something of a reply came. */
    private boolean ready(SelectionKey key) throws IOException {
        Conversation conversation = (Conversation) key.attachment();
        if (key.isWritable()) {
            conversation.flush();
        }
        long before = conversation.echoed();
        if (key.isReadable()) {
            int came = conversation.read(buffer, sendAgain, replies);
            messages += came;
            verified += came;
        }
        return conversation.echoed() > before;
    }

    /** Says goodbye on every connection, and gives the server a few seconds to end them. */
    @Override
    public void close() throws IOException {
        try {
            for (Conversation conversation : conversations) {
                conversation.sayGoodbye();
            }
            long end = System.nanoTime() + GOODBYE.toNanos();
            int open = conversations.size();
            while (open > 0 && System.nanoTime() - end < 0) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    if (ended(key)) {
                        key.channel().close();
                        open--;
                    }
                }
                selector.selectedKeys().clear();
            }
        } finally {
            abort();
        }
    }

    private boolean ended(SelectionKey key) {
        Conversation conversation = (Conversation) key.attachment();
        try {
            conversation.flush();
            return !conversation.skip(buffer);
        } catch (IOException e) {
            return true; // by a reset, which is an end too
        }
    }

    private void abort() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
