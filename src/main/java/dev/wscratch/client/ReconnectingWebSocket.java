package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.Utf8;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WebSocket} that comes back: a new one is made when the last has ended, until the end is final.
 *
 * <pre>
 *            connect                open event              resetAfter passed
 *  start ─► CONNECTING ────────────► UP ──────────────────► (waits begin anew)
 *             ▲  │ fails             │ ends
 *   the wait  │  ▼                   │
 *   is over  AWAY ◄──────────────────┘
 *             │
 *             ▼ close(), a final code or status, one attempt too many: {@link ReconnectSettings}
 *            ENDED
 * </pre>
 *
 * <p><b>Delivery</b> is at most once: what was sent into a connection that then broke is lost, and what is sent while
 * there is none waits in a bounded queue, which {@link #send} says when it is full. Who must not lose anything numbers its
 * messages, and asks for the rest in {@link Listener#opened}.
 *
 * <p><b>Threads.</b> Every method may be called from any thread. The listener is called by one thread at a time; the
 * supplier too, and both may block.
 */
public final class ReconnectingWebSocket {
    private static final Logger LOG = System.getLogger(ReconnectingWebSocket.class.getName());

    /** Who hears of the connections and of what comes by them. */
    public interface Listener {
        /**
         * There is a connection. What must be said at the beginning of each, such as a subscription, is to be sent here, to
         * {@code socket}: what was queued is sent after it.
         */
        default void opened(WebSocket socket) {}

        /** A message has come. */
        void message(MessageEvent message);

        /**
         * The connection has ended, or could not be made, and another attempt follows.
         *
         * @param error null if the server closed in order
         * @param delay until the attempt
         */
        default void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {}

        /** There will be no attempt any more; the last call, exactly once. */
        default void ended(CloseEvent close, @Nullable ErrorEvent error) {}
    }

    private enum State {
        CONNECTING,
        UP,
        AWAY,
        ENDED
    }

    private final Supplier<WebSocketBuilder> attempts;
    private final Listener listener;
    private final ReconnectSettings settings;
    private final Timing timing;

    /** Guarded by this. */
    private State state = State.AWAY;

    /** The connection of CONNECTING and UP; guarded by this. */
    private @Nullable WebSocket socket;

    /** Why the attempt under way fails; used by the thread of the handlers. */
    private @Nullable ErrorEvent error;

    /** Guarded by this. */
    private final UnsentMessages queue;

    /** Attempts since a connection was up for long enough; guarded by this. */
    private int failures;

    /** Which attempt is the last one; guarded by this. */
    private int attempt;

    /** Whether the listener knows of the end; guarded by this. */
    private boolean endTold;

    /** What {@link #close} was called with; guarded by this. */
    private @Nullable CloseEvent farewell;

    /** Held while the listener is called. */
    private final Object calls = new Object();

    /** The next attempt, or the moment when the waits begin anew; guarded by this. */
    private @Nullable Future<?> timer;

    ReconnectingWebSocket(
            Supplier<WebSocketBuilder> attempts, Listener listener, ReconnectSettings settings, Timing timing) {
        this.attempts = attempts;
        this.listener = listener;
        this.settings = settings;
        this.timing = timing;
        this.queue = new UnsentMessages(settings.maxQueued());
    }

    /** As {@link #start(Supplier, Listener, ReconnectSettings)}, with {@link ReconnectSettings#DEFAULT}. */
    public static ReconnectingWebSocket start(Supplier<WebSocketBuilder> attempts, Listener listener) {
        return start(attempts, listener, ReconnectSettings.DEFAULT);
    }

    /**
     * Connects, at once and without waiting.
     *
     * @param attempts asked before each attempt where to connect and with which headers, so that a token can be a fresh one
     */
    public static ReconnectingWebSocket start(
            Supplier<WebSocketBuilder> attempts, Listener listener, ReconnectSettings settings) {
        ReconnectingWebSocket made = new ReconnectingWebSocket(attempts, listener, settings, Timing.REAL);
        made.attemptSoon();
        return made;
    }

    /** The supplier may block, the thread of the timer may not. The JVM stays up until the end. */
    void attemptSoon() {
        KeepAlive.acquire();
        SharedTransport.handlers().execute(() -> {
            try {
                attempt();
            } finally {
                KeepAlive.release();
            }
        });
    }

    private void attempt() {
        int mine;
        synchronized (this) {
            if (state == State.AWAY) {
                state = State.CONNECTING;
            }
            timer = null;
            mine = ++attempt;
        }
        if (endedAsAsked()) {
            return;
        }
        error = null;
        try {
            WebSocket made = attempts.get().open(this::listen);
            boolean unwanted;
            synchronized (this) {
                unwanted = state == State.ENDED;
                if (state == State.CONNECTING && attempt == mine) {
                    socket = made;
                }
            }
            if (unwanted) {
                made.close();
            }
        } catch (RuntimeException e) {
            ErrorEvent why = ErrorEvent.of(Step.CONNECT, "no attempt was made: " + e.getMessage(), null, e);
            over(new CloseEvent(1006, "", false), why);
        }
    }

    private void listen(WebSocket made) {
        made.onopen(e -> opened(made));
        made.onmessage(e -> tell(() -> listener.message(e)));
        made.onerror(e -> error = e);
        made.onclose(e -> over(e, error));
    }

    private void opened(WebSocket made) {
        tell(() -> listener.opened(made));
        synchronized (this) {
            if (state != State.CONNECTING) {
                return;
            }
            state = State.UP;
            socket = made;
            queue.sendAll(made);
            timer = timing.after(settings.resetAfter(), this::upForLongEnough);
        }
    }

    private synchronized void upForLongEnough() {
        if (state == State.UP) {
            failures = 0;
        }
    }

    /** An attempt, or a connection, is over. */
    private void over(CloseEvent close, @Nullable ErrorEvent why) {
        Duration delay;
        synchronized (this) {
            cancelTimer();
            socket = null;
            boolean last =
                    state == State.ENDED || ReconnectSettings.isFinal(close, why) || failures >= settings.attempts();
            delay = last ? null : delay(why);
            state = last ? State.ENDED : State.AWAY;
        }
        if (delay == null) {
            end(close, why);
            return;
        }
        tell(() -> listener.away(close, why, delay));
        wait(delay);
    }

    private void wait(Duration delay) {
        synchronized (this) {
            if (state == State.AWAY) {
                KeepAlive.acquire();
                timer = timing.after(delay, this::waited);
                return;
            }
        }
        var unused = endedAsAsked();
    }

    /** Whether {@link #close} was called; then, since there is no connection to wait for, the end is told. */
    private boolean endedAsAsked() {
        CloseEvent asked;
        synchronized (this) {
            asked = farewell;
        }
        if (asked != null) {
            end(asked, null);
        }
        return asked != null;
    }

    private void end(CloseEvent close, @Nullable ErrorEvent why) {
        synchronized (this) {
            if (endTold) {
                return;
            }
            endTold = true;
        }
        tell(() -> listener.ended(close, why));
    }

    private void waited() {
        attemptSoon();
        KeepAlive.release();
    }

    private Duration delay(@Nullable ErrorEvent why) {
        Duration drawn = settings.delay(failures++, timing.random());
        Duration asked = ReconnectSettings.retryAfter(why, timing.now());
        // Behind what was asked for: all clients of a server that restarts are told the same time.
        return asked.plus(drawn);
    }

    /**
     * Sends a text message, now or when there is a connection.
     *
     * @return false if the queue is full or the end has come: the message is not sent
     */
    public boolean send(String text) {
        return send(text, Utf8.length(text));
    }

    /** As {@link #send(String)}: the buffer's remaining bytes, which are copied. */
    public boolean send(ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining());
        return send(copy.put(data.duplicate()).flip(), data.remaining());
    }

    private synchronized boolean send(Object message, long size) {
        WebSocket up = socket;
        if (state == State.UP && up != null && up.readyState() == ReadyState.OPEN) {
            UnsentMessages.send(up, message);
            return true;
        }
        return state != State.ENDED && queue.add(message, size);
    }

    /** Bytes that wait for a connection, and in it. */
    public synchronized long bufferedAmount() {
        return queue.bytes() + (socket == null ? 0 : socket.bufferedAmount());
    }

    /** {@return whether messages are sent at once} */
    public synchronized boolean isUp() {
        return state == State.UP;
    }

    /** Ends for good; {@link Listener#ended} follows. As {@link WebSocket#close(int, String)} otherwise. */
    public void close(int code, String reason) {
        WebSocket.checked(code, reason);
        WebSocket open;
        boolean waiting;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            waiting = state == State.AWAY && timer != null;
            state = State.ENDED;
            farewell = new CloseEvent(code, reason, true);
            queue.clear();
            open = socket;
            if (waiting && cancelTimer()) {
                KeepAlive.release();
            }
        }
        if (open != null) {
            open.close(code, reason);
        } else if (waiting) {
            SharedTransport.handlers().execute(this::endedAsAsked);
        }
    }

    /** Whether the timer's task will not run; called with the lock held. */
    private boolean cancelTimer() {
        Future<?> running = timer;
        timer = null;
        return running != null && running.cancel(false);
    }

    /** A listener that throws stops nothing. */
    private void tell(Runnable call) {
        synchronized (calls) {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A listener of a ReconnectingWebSocket threw", e);
            }
        }
    }
}
