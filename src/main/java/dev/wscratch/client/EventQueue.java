package dev.wscratch.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one {@link WebSocket}, run in order and one at a time, as a browser's event loop does.
 *
 * <p>A task with an event waits, and everything behind it, until {@code ready} lets it pass. What waits is bounded: past
 * the high-water mark {@link #isFull} tells the connection to stop reading, and {@code onRoom} runs once the queue is
 * half empty again. The bound may be passed by what one read brought.
 */
final class EventQueue {
    private static final Logger LOG = System.getLogger(WebSocket.class.getName());

    static final int HIGH_WATER_EVENTS = 256;
    static final long HIGH_WATER_SIZE = 1 << 20;

    /**
     * One task.
     *
     * @param next the state to enter first, or null to stay
     * @param event the event to deliver then, or null for a mere change of state
     * @param size what it weighs against the bound: characters of text or bytes
     */
    record Task(@Nullable ReadyState next, @Nullable Event event, long size) {}

    private final Executor executor;
    private final Predicate<Event> ready;
    private final Consumer<Task> run;
    private final Runnable onRoom;

    /** Guarded by this. */
    private final Deque<Task> waiting = new ArrayDeque<>();

    /** Sum of the sizes in {@link #waiting}; guarded by this. */
    private long waitingSize;

    /** Whether a drain is queued or running; guarded by this. */
    private boolean draining;

    /** Whether the connection was told to stop reading; guarded by this. */
    private boolean full;

    EventQueue(Executor executor, Predicate<Event> ready, Consumer<Task> run, Runnable onRoom) {
        this.executor = executor;
        this.ready = ready;
        this.run = run;
        this.onRoom = onRoom;
    }

    void add(Task task) {
        synchronized (this) {
            waiting.add(task);
            waitingSize += task.size();
        }
        wake();
    }

    /** To be called when {@code ready} may have changed its mind. */
    void wake() {
        synchronized (this) {
            if (draining || !headMayPass()) {
                return;
            }
            draining = true;
        }
        KeepAlive.acquire();
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.log(
                    Level.WARNING,
                    "The executor of a WebSocket takes no task any more; its handlers run on shared threads");
            SharedTransport.handlers().execute(this::drain);
        }
    }

    /** Whether reading must stop; if so, {@code onRoom} will run later. */
    synchronized boolean isFull() {
        full = waiting.size() >= HIGH_WATER_EVENTS || waitingSize >= HIGH_WATER_SIZE;
        return full;
    }

    /** Throws away messages that wait: they would not be delivered any more. */
    void dropMessages() {
        synchronized (this) {
            waiting.removeIf(task -> task.event() instanceof MessageEvent);
            waitingSize = 0;
        }
        wake();
        tellRoom();
    }

    private void drain() {
        try {
            Task task = next();
            while (task != null) {
                run.accept(task);
                tellRoom();
                task = next();
            }
        } finally {
            KeepAlive.release();
        }
    }

    private synchronized @Nullable Task next() {
        Task head = headMayPass() ? waiting.poll() : null;
        if (head == null) {
            draining = false;
        } else {
            waitingSize -= head.size();
        }
        return head;
    }

    private boolean headMayPass() {
        Task head = waiting.peek();
        return head != null && (head.event() == null || ready.test(head.event()));
    }

    private void tellRoom() {
        synchronized (this) {
            if (!full || waiting.size() > HIGH_WATER_EVENTS / 2 || waitingSize > HIGH_WATER_SIZE / 2) {
                return;
            }
            full = false;
        }
        onRoom.run();
    }
}
