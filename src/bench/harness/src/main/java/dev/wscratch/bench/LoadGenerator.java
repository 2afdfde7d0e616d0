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
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * The load on one server: open, run, drain, close, all on the caller's thread.
 *
 * <p>It is a closed loop: a message is sent when a reply has come, so that {@code connections × inFlight} messages are
 * under way at any time, and a slow server is asked less. Latency is from the decision to send a message to its verified
 * reply.
 */
public final class LoadGenerator implements Closeable {
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Load load;
    private final Selector selector;
    private final List<Conversation> conversations = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);

    /** Messages that came back since it was last set to 0. */
    private long messages;

    /** Messages that came back in all. */
    private long verified;

    /** When a message last came back. */
    private long progressAt = System.nanoTime();

    /** Takes each message's latency in nanoseconds. */
    private LongConsumer latencies = nanos -> {};

    /** Whether each reply is followed by the next message. */
    private boolean sendAgain = true;

    private LoadGenerator(Load load, Selector selector) {
        this.load = load;
        this.selector = selector;
    }

    /**
     * What was measured.
     *
     * @param messages that came back, each verified
     * @param nanos that it took
     * @param micros latency of each message, in microseconds
     */
    public record Report(long messages, long nanos, Histogram micros) {}

    /**
     * Opens all connections.
     *
     * @param target the server
     * @param load how many, and what they will send
     * @return ready to run
     * @throws IOException when one cannot be opened
     */
    public static LoadGenerator open(Target target, Load load) throws IOException {
        LoadGenerator generator = new LoadGenerator(load, Selector.open());
        try {
            Opening opening = new Opening(target);
            FrameLoop loop = new FrameLoop(load);
            for (int i = 0; i < load.connections(); i++) {
                Line line = opening.open();
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
     * Runs the load once: warms up, measures, and waits for the replies that are still due.
     *
     * @param warmUp before anything counts
     * @param measured how long it counts
     * @param atStart called when it begins to count, to read other clocks
     * @param atEnd called when it ceases to
     * @return what was measured
     * @throws WrongReplyException at the first reply that is not the echo
     * @throws IOException when a connection ends, or nothing comes back for 30 s
     */
    public Report run(Duration warmUp, Duration measured, Runnable atStart, Runnable atEnd) throws IOException {
        sendAgain = true;
        latencies = nanos -> {};
        for (Conversation conversation : conversations) {
            conversation.begin(load.inFlight());
        }
        pumpFor(warmUp);
        Histogram histogram = new Histogram(1, LONGEST_MICROS, 3);
        latencies = nanos -> histogram.recordValue(Math.max(1, Math.min(nanos / 1000, LONGEST_MICROS)));
        messages = 0;
        long start = System.nanoTime();
        atStart.run();
        pumpFor(measured);
        atEnd.run();
        Report report = new Report(messages, System.nanoTime() - start, histogram);
        latencies = nanos -> {};
        drain();
        return report;
    }

    /** Sends one message on each connection, and waits for all replies. */
    public void once() throws IOException {
        sendAgain = false;
        for (Conversation conversation : conversations) {
            conversation.begin(1);
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
        pump(() -> conversations.stream().anyMatch(conversation -> conversation.inFlight() > 0));
    }

    private void pump(BooleanSupplier goesOn) throws IOException {
        progressAt = System.nanoTime();
        while (goesOn.getAsBoolean()) {
            if (selector.select(100) == 0 && System.nanoTime() - progressAt > STALL.toNanos()) {
                throw new IOException("expected replies, got none for " + STALL.toSeconds() + " s");
            }
            long before = messages;
            for (SelectionKey key : selector.selectedKeys()) {
                ready(key);
            }
            selector.selectedKeys().clear();
            if (messages > before) {
                progressAt = System.nanoTime();
            }
        }
    }

    private void ready(SelectionKey key) throws IOException {
        Conversation conversation = (Conversation) key.attachment();
        if (key.isWritable()) {
            conversation.flush();
        }
        if (key.isReadable()) {
            int replies = conversation.read(buffer, sendAgain, latencies);
            messages += replies;
            verified += replies;
        }
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
