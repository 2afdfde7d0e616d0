package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.MessageEvent;
import dev.wscratch.client.ReadyState;
import dev.wscratch.client.ReconnectSettings;
import dev.wscratch.client.ReconnectingWebSocket;
import dev.wscratch.client.WebSocket;
import dev.wscratch.client.WebSocketBuilder;
import dev.wscratch.wire.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connection of {@code connect}, or with {@code --reconnect} one after the other. Safe for any thread. */
final class Connection {
    /** Who hears; called by one thread at a time. */
    interface Listener {
        void opened(WebSocket socket);

        void message(MessageEvent message);

        /** There is none for so long; then it is tried again. */
        void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay);
    }

    /** How it ended for good. */
    record End(CloseEvent close, @Nullable ErrorEvent error) {}

    private final Listener listener;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicLong sent = new AtomicLong();

    /** The one that is open; guarded by this. */
    private @Nullable WebSocket open;

    /** Closes for good; set when dialled; guarded by this. */
    private Consumer<CloseReason> closer = reason -> {};

    /** Not there yet. */
    Connection(Listener listener) {
        this.listener = listener;
    }

    /**
     * Connects, without waiting. With this held, so that nobody closes what is not there yet.
     *
     * @param attempts asked once for each attempt
     * @param reconnects attempts to come back, 0 for none
     * @throws IllegalArgumentException if what is asked for cannot be; with {@code reconnects} that is an {@link End}
     */
    synchronized void dial(Supplier<WebSocketBuilder> attempts, int reconnects) {
        if (reconnects == 0) {
            WebSocket socket = attempts.get().open(this::listen);
            closer = reason -> socket.close(reason.code().value(), reason.reason());
        } else {
            ReconnectingWebSocket live = ReconnectingWebSocket.start(attempts, again(), settings(reconnects));
            closer = reason -> live.close(reason.code().value(), reason.reason());
        }
    }

    /** Nothing is queued: what is typed while there is no connection is not sent at all. */
    private static ReconnectSettings settings(int reconnects) {
        return new ReconnectSettings(
                Duration.ofMillis(500), 2, Duration.ofSeconds(30), Duration.ofSeconds(5), 0, reconnects);
    }

    private void listen(WebSocket socket) {
        ErrorEvent[] error = new ErrorEvent[1];
        socket.onopen(e -> opened(socket));
        socket.onmessage(listener::message);
        socket.onerror(e -> error[0] = e);
        socket.onclose(e -> ended(e, error[0]));
    }

    private ReconnectingWebSocket.Listener again() {
        return new ReconnectingWebSocket.Listener() {
            @Override
            public void opened(WebSocket socket) {
                Connection.this.opened(socket);
            }

            @Override
            public void message(MessageEvent message) {
                listener.message(message);
            }

            @Override
            public void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {
                closed();
                listener.away(close, error, delay);
            }

            @Override
            public void ended(CloseEvent close, @Nullable ErrorEvent error) {
                Connection.this.ended(close, error);
            }
        };
    }

    private void opened(WebSocket socket) {
        synchronized (this) {
            open = socket;
            notifyAll();
        }
        listener.opened(socket);
    }

    private synchronized void closed() {
        open = null;
    }

    private void ended(CloseEvent close, @Nullable ErrorEvent error) {
        synchronized (this) {
            open = null;
            end.complete(new End(close, error));
            notifyAll();
        }
    }

    CompletableFuture<End> end() {
        return end;
    }

    /** The one that is open, or null while there is none. */
    synchronized @Nullable WebSocket open() {
        return open != null && open.readyState() == ReadyState.OPEN ? open : null;
    }

    /** Waits until there is one that is open; false if there will be none any more. */
    synchronized boolean awaitOpen() throws InterruptedException {
        while (open() == null && !end.isDone()) {
            // Not for ever: a connection that is closing tells nobody here before its end.
            wait(50);
        }
        return !end.isDone();
    }

    /**
     * Sends a {@code String} or {@code byte[]}.
     *
     * @param frames in how many of them
     * @return false if there is no open connection: nothing was sent
     */
    boolean send(Object message, int frames) {
        WebSocket to = open();
        if (to == null) {
            return false;
        }
        if (message instanceof byte[] bytes) {
            if (frames == 1) {
                to.send(bytes);
            } else {
                to.send(ByteBuffer.wrap(bytes), frames);
            }
        } else if (frames == 1) {
            to.send((String) message);
        } else {
            to.send((String) message, frames);
        }
        sent.incrementAndGet();
        return true;
    }

    /** Messages sent. */
    long sent() {
        return sent.get();
    }

    /** Closes for good. */
    synchronized void close(CloseReason reason) {
        closer.accept(reason);
    }
}
