package dev.wscratch.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one thread. What goes wrong on one of them ends the run by an exception, or, where errors are counted,
 * only that connection.
 */
final class Connections implements Closeable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** So many failures in a row: the others will not open either. */
    private static final int MOST_FAILURES = 20;

    private final Load load;
    private final Duration patience;
    private final @Nullable Errors errors;
    private final Selector selector;
    private final List<Conversation> conversations = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private final Map<Integer, Long> closes = new TreeMap<>();

    /** The next one that sends, at a rate. */
    private int turn;

    /** Messages that came back in all. */
    private long verified;

    /** Messages that will not, for their connection is gone. */
    private long lost;

    /** When something of a message last came back. */
    private long progressAt = System.nanoTime();

    /** Opens the connections; null before. Read by any thread. */
    private volatile @Nullable Opening underWay;

    /** Takes each message's times. */
    private Conversation.Replies replies = (due, now) -> {};

    /** Whether each reply is followed by the next message. */
    private boolean sendAgain;

    /** No connections yet; {@code errors} counts what goes wrong, or is null for an exception. */
    Connections(Load load, Duration patience, @Nullable Errors errors) throws IOException {
        this.load = load;
        this.patience = patience;
        this.errors = errors;
        this.selector = Selector.open();
    }

    /** Told how many connections are open, after each. */
    @FunctionalInterface
    interface Opened {
        void open(int connections);
    }

    /**
     * Opens all of them, evenly over the ramp, and answers pings meanwhile.
     *
     * @param goesOn false to open no more
     * @param connectMicros takes how long each took
     */
    void open(Target target, Duration ramp, BooleanSupplier goesOn, Histogram connectMicros, Opened opened)
            throws IOException {
        try (Opening opening = new Opening(target, patience)) {
            underWay = opening;
            FrameLoop loop = new FrameLoop(load);
            long begun = System.nanoTime();
            int failures = 0;
            for (int i = 0; i < load.connections() && failures < MOST_FAILURES && goesOn.getAsBoolean(); i++) {
                idleUntil(begun + ramp.toNanos() / load.connections() * i, goesOn);
                failures = open(opening, loop, goesOn, connectMicros) ? 0 : failures + 1;
                opened.open(conversations.size());
                // Those that are open may be asked for a Pong while the others open.
                progress();
                turn(0);
            }
        } catch (IOException | RuntimeException e) {
            abort();
            throw e;
        }
    }

    private boolean open(Opening opening, FrameLoop loop, BooleanSupplier goesOn, Histogram connectMicros)
            throws IOException {
        long begun = System.nanoTime();
        Opening.Opened opened;
        try {
            opened = opening.open();
        } catch (IOException e) {
            if (!goesOn.getAsBoolean()) {
                return false; // Cut off, perhaps; nobody asks for it any more.
            }
            if (errors == null || conversations.isEmpty()) {
                throw e; // Of the first one it is the whole story.
            }
            errors.opening(e);
            return false;
        }
        LoadGenerator.record(connectMicros, System.nanoTime() - begun);
        Line line = opened.line();
        SelectionKey key = line.channel().register(selector, SelectionKey.OP_READ);
        Conversation conversation = new Conversation(line, key, loop, load);
        key.attach(conversation);
        conversations.add(conversation);
        try {
            conversation.take(opened.rest(), false, replies);
        } catch (IOException e) {
            fail(conversation, e);
        }
        return true;
    }

    /** Cuts off the connection that is being opened; from any thread, when {@code goesOn} has become false. */
    void stopOpening() {
        Opening opening = underWay;
        if (opening != null) {
            opening.stop();
        }
    }

    int size() {
        return conversations.size();
    }

    boolean isEmpty() {
        return conversations.isEmpty();
    }

    /** Messages that came back in all. */
    long verified() {
        return verified;
    }

    /** Messages that will not come back. */
    long lost() {
        return lost;
    }

    void listen(Conversation.Replies listener) {
        replies = listener;
    }

    void sendAgain(boolean again) {
        sendAgain = again;
    }

    /** Sends so many messages on each. */
    void sendOnEach(int messages) throws IOException {
        for (Conversation conversation : List.copyOf(conversations)) {
            send(conversation, messages, System.nanoTime());
        }
    }

    /** Sends a message on the connection whose turn it is; there must be one. */
    void sendNext(long due) throws IOException {
        turn = turn + 1 < conversations.size() ? turn + 1 : 0;
        send(conversations.get(turn), 1, due);
    }

    private void send(Conversation conversation, int messages, long due) throws IOException {
        try {
            conversation.send(messages, due);
        } catch (IOException e) {
            fail(conversation, e);
        }
    }

    private void fail(Conversation conversation, IOException e) throws IOException {
        if (errors == null) {
            throw e;
        }
        errors.running(e, conversation.isClosed(), conversation.inFlight());
        lost += conversation.inFlight();
        conversations.remove(conversation);
        conversation.abort();
    }

    boolean isAnyInFlight() {
        return conversations.stream().anyMatch(conversation -> conversation.inFlight() > 0);
    }

    long inFlight() {
        return conversations.stream().mapToLong(Conversation::inFlight).sum();
    }

    /** Reads and writes while there is a reason to. */
    void pump(BooleanSupplier goesOn) throws IOException {
        progress();
        while (goesOn.getAsBoolean() && !conversations.isEmpty()) {
            turn(100);
        }
    }

    /** Answers pings, and sends nothing of its own. */
    void idleUntil(long end, BooleanSupplier goesOn) throws IOException {
        while (goesOn.getAsBoolean() && end - System.nanoTime() > 0) {
            progress();
            turn(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    /** From now on the patience counts. */
    void progress() {
        progressAt = System.nanoTime();
    }

    /** Reads and writes once what can be, and waits for it at most so many milliseconds, perhaps none. */
    void turn(long millis) throws IOException {
        int count = millis > 0 ? selector.select(Math.min(millis, 100)) : selector.selectNow();
        boolean progress = false;
        if (count > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
                progress |= ready((Conversation) key.attachment(), key);
            }
            selector.selectedKeys().clear();
        }
        if (progress) {
            progress();
        } else {
            checkProgress(); // also where something came: a server may send Pings for ever
        }
    }

    private void checkProgress() throws IOException {
        long now = System.nanoTime();
        if (now - progressAt <= patience.toNanos()) {
            return;
        }
        progressAt = now;
        for (Conversation conversation : List.copyOf(conversations)) {
            if (conversation.inFlight() > 0) {
                fail(
                        conversation,
                        new SocketTimeoutException(
                                "expected replies, got none for " + patience.toMillis() / 1000.0 + " s"));
            }
        }
    }

    /** True if something of a reply came. */
    private boolean ready(Conversation conversation, SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return false; // It has failed since it was selected.
        }
        long before = conversation.echoed();
        try {
            exchange(conversation, key);
        } catch (IOException e) {
            fail(conversation, e);
            return true;
        }
        return conversation.echoed() > before;
    }

    private void exchange(Conversation conversation, SelectionKey key) throws IOException {
        long before = conversation.answered();
        try {
            if (key.isWritable()) {
                conversation.flush();
            }
            if (key.isReadable()) {
                conversation.read(buffer, sendAgain, replies);
            }
        } finally {
            verified += conversation.answered() - before; // What came before it went wrong was right.
        }
    }

    /** {@return how many connections ended with which code of the server's; 1006 is for none} */
    Map<Integer, Long> closes() {
        return closes;
    }

    /** Says goodbye on every connection, and gives the server a few seconds to end them. */
    @Override
    public void close() throws IOException {
        try {
            for (Conversation conversation : List.copyOf(conversations)) {
                sayGoodbye(conversation);
            }
            long end = System.nanoTime() + GOODBYE.toNanos();
            while (!conversations.isEmpty() && System.nanoTime() - end < 0) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    goodbye((Conversation) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            conversations.forEach(conversation -> count(conversation.closeCode()));
        } finally {
            abort();
        }
    }

    /** One that the server has reset meanwhile has ended, and the others are still to be told. */
    private void sayGoodbye(Conversation conversation) throws IOException {
        try {
            conversation.sayGoodbye();
        } catch (IOException e) {
            ended(conversation);
        }
    }

    private void goodbye(Conversation conversation) throws IOException {
        if (conversation.isEnded(buffer)) {
            ended(conversation);
        }
    }

    private void ended(Conversation conversation) throws IOException {
        count(conversation.closeCode());
        conversations.remove(conversation);
        conversation.abort();
    }

    private void count(int code) {
        closes.merge(code, 1L, Long::sum);
    }

    /** Ends all without a word. */
    void abort() throws IOException {
        if (!selector.isOpen()) {
            return;
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
