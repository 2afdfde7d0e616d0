package dev.wscratch.client;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as a browser has it (WHATWG WebSockets, section 3), for a JVM.
 *
 * <p><b>Lifecycle.</b> The constructor starts to connect and returns. Then come, in order: one open event, any number of
 * message events, and exactly one close event. If the connection fails at any point, one error event, which says where
 * and why, comes right before a close event with code 1006.
 *
 * <pre>
 *   new WebSocket(url)
 *          │
 *          ▼          close()
 *     CONNECTING ────────────────────┐
 *      │   │ open event              │
 *      │   ▼          close(), or    ▼
 *      │  OPEN ──────────────────► CLOSING
 *      │   │    the server closes    │
 *      │   │ error event             │ close event, maybe an error event before it
 *      ▼   ▼                         ▼
 *     CLOSED ◄───────────────────────┘
 * </pre>
 *
 * <p><b>Handlers</b> run one at a time, in the order of the events, never on the thread that set them, so that they need
 * no locks among themselves. They may block; the next event then waits. One that throws is logged and the next event
 * comes. As in a browser the state changes right before the handler of the event that changes it: in {@code onmessage}
 * the state is OPEN, or CLOSING after your own {@code close}.
 *
 * <p><b>No event is missed.</b> In a browser no event can come before the script that sets the handlers has ended. Here
 * other threads run; so an event waits, and everything behind it, until the handler for <em>its</em> type was set, or
 * until {@link #start}, {@link #opened} or {@link #closed} says that all handlers are set. Who sets only some of the
 * handlers calls one of these; {@code null} is a handler too, and means "I do not care". At {@value
 * EventQueue#HIGH_WATER_EVENTS} events or 1 MiB waiting, reading pauses, and so the server is slowed down.
 * {@link #open(String, Consumer, String...)} takes the handlers first, and nothing ever waits for a handler.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, also from handlers. All threads are daemons and shared;
 * the JVM stays up while a connection lives, as Node does, so that {@code main} may return.
 *
 * <p><b>Limits.</b> 10 s to connect, 5 s for the server's answer to {@code close}, messages up to 16 MiB, 64 MiB waiting
 * to be sent; past these the connection fails. No redirects, no proxy, no extensions, no Origin header.
 */
public final class WebSocket {
    private static final Logger LOG = System.getLogger(WebSocket.class.getName());

    private final Address address;
    private final EventQueue events;
    private final Link link;

    private final Handler<OpenEvent> onopen = new Handler<>();
    private final Handler<MessageEvent> onmessage = new Handler<>();
    private final Handler<ErrorEvent> onerror = new Handler<>();
    private final Handler<CloseEvent> onclose = new Handler<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();

    /** Whether events pass without a handler; never becomes false again. */
    private volatile boolean started;

    /** Changed by {@link #enter} only, under its lock. */
    private volatile ReadyState state = ReadyState.CONNECTING;

    /** Chosen by the server; written before the open event. */
    private volatile String protocol = "";

    /** What the last error event said; written and read by the thread that runs the handlers. */
    private @Nullable ErrorEvent failure;

    /**
     * Connects, at once and without waiting.
     *
     * @param url {@code ws://host:port/path} or {@code wss://…}; {@code http} and {@code https} mean the same
     * @param protocols the subprotocols to offer, best first; the connection fails if the server chooses none of them
     * @throws IllegalArgumentException if the URL has another scheme, no host or a fragment, or a subprotocol is no HTTP
     *     token or comes twice
     */
    public WebSocket(String url, String... protocols) {
        this(Address.of(url, List.of(protocols)), null);
        link.start();
    }

    private WebSocket(Address address, @Nullable SSLContext tls) {
        this.address = address;
        this.link = new Link(address, tls, new Wiring());
        this.events = new EventQueue(SharedTransport.handlers(), this::mayPass, this::run, link::resume);
    }

    /**
     * Connects after {@code handlers} has set what it wants; events never wait for a handler.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static WebSocket open(String url, Consumer<WebSocket> handlers, String... protocols) {
        return open(url, (SSLContext) null, handlers, protocols);
    }

    /**
     * As {@link #open(String, Consumer, String...)}, with TLS settings of its own, which a browser leaves to its user.
     *
     * @param tls whom {@code wss} trusts, and the certificate it shows if it is asked for one; null for the JVM's own
     * @throws IllegalArgumentException as the constructor
     */
    public static WebSocket open(
            String url, @Nullable SSLContext tls, Consumer<WebSocket> handlers, String... protocols) {
        WebSocket socket = new WebSocket(Address.of(url, List.of(protocols)), tls);
        handlers.accept(socket);
        socket.started = true;
        socket.link.start();
        return socket;
    }

    /** Sets what to do when messages may be sent, or null for nothing. */
    public void onopen(@Nullable Consumer<OpenEvent> handler) {
        set(onopen, handler);
    }

    /** Sets what to do with each message, or null for nothing. */
    public void onmessage(@Nullable Consumer<MessageEvent> handler) {
        set(onmessage, handler);
    }

    /** Sets what to do when the connection has failed, or null for nothing; a close event follows. */
    public void onerror(@Nullable Consumer<ErrorEvent> handler) {
        set(onerror, handler);
    }

    /** Sets what to do at the end, or null for nothing. */
    public void onclose(@Nullable Consumer<CloseEvent> handler) {
        set(onclose, handler);
    }

    /** Says that all handlers are set: events whose handler is not are dropped from now on. */
    public void start() {
        started = true;
        events.wake();
    }

    /**
     * Completes after the handler of the open event, with this; fails with an {@link IOException} if the connection is
     * never opened. Implies {@link #start}.
     */
    public CompletionStage<WebSocket> opened() {
        start();
        return opened.minimalCompletionStage();
    }

    /** Completes after the handler of the close event; never fails. Implies {@link #start}. */
    public CompletionStage<CloseEvent> closed() {
        start();
        return closed.minimalCompletionStage();
    }

    /**
     * Queues a text message and returns. In CLOSING and CLOSED it is dropped, as in a browser.
     *
     * @throws IllegalStateException in CONNECTING
     */
    public void send(String text) {
        if (maySend()) {
            link.send(text);
        }
    }

    /**
     * Queues the buffer's remaining bytes as a binary message and returns; they are copied, the buffer is left as it was.
     * In CLOSING and CLOSED they are dropped, as in a browser.
     *
     * @throws IllegalStateException in CONNECTING
     */
    public void send(ByteBuffer data) {
        if (maySend()) {
            ByteBuffer copy = ByteBuffer.allocate(data.remaining());
            link.send(copy.put(data.duplicate()).flip());
        }
    }

    /** Starts the closing handshake without a code; the server reads it as 1005. */
    public void close() {
        close(CloseReason.NONE);
    }

    /** As {@link #close(int, String)}, without a reason. */
    public void close(int code) {
        close(code, "");
    }

    /**
     * Starts the closing handshake behind what was sent before, and returns. In CONNECTING the connection is given up,
     * which is a failure; in CLOSING and CLOSED nothing happens.
     *
     * @param code 1000, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if code or reason is something else
     */
    public void close(int code, String reason) {
        CloseCode asked = new CloseCode(code);
        if (!asked.maySendFromPage()) {
            throw new IllegalArgumentException("close code: expected 1000 or 3000 to 4999, got " + code);
        }
        int length = reason.getBytes(StandardCharsets.UTF_8).length;
        if (length > CloseReason.MAX_REASON_BYTES) {
            throw new IllegalArgumentException("close reason: expected at most " + CloseReason.MAX_REASON_BYTES
                    + " bytes of UTF-8 (125 minus the 2-byte code), got " + length);
        }
        close(CloseReason.truncated(asked, reason));
    }

    private void close(CloseReason reason) {
        ReadyState before = state;
        if (!enter(ReadyState.CLOSING)) {
            return;
        }
        events.dropMessages();
        if (before == ReadyState.CONNECTING) {
            link.abort();
        } else {
            link.close(reason);
        }
    }

    /** Where the lifecycle is. */
    public ReadyState readyState() {
        return state;
    }

    /** The URL as it is used: scheme {@code ws} or {@code wss}, with a path. */
    public String url() {
        return address.uri().toString();
    }

    /** The subprotocol that the server chose, or empty. */
    public String protocol() {
        return protocol;
    }

    /** How much of what was sent has not left this program yet: bytes of binary messages, characters of text ones. */
    public long bufferedAmount() {
        return link.buffered();
    }

    private boolean maySend() {
        if (state == ReadyState.CONNECTING) {
            throw new IllegalStateException(
                    "send: expected state OPEN, got CONNECTING; send from onopen, or after opened() has completed");
        }
        return state == ReadyState.OPEN;
    }

    /** The one place where the state changes, and only forward; false if it was there or further already. */
    private synchronized boolean enter(ReadyState next) {
        if (next.compareTo(state) <= 0) {
            return false;
        }
        state = next;
        return true;
    }

    private <E extends Event> void set(Handler<E> handler, @Nullable Consumer<E> action) {
        handler.action = action;
        handler.isSet = true;
        events.wake();
    }

    private boolean mayPass(Event event) {
        return started || handler(event).isSet;
    }

    private Handler<? extends Event> handler(Event event) {
        if (event instanceof OpenEvent) {
            return onopen;
        } else if (event instanceof MessageEvent) {
            return onmessage;
        }
        return event instanceof ErrorEvent ? onerror : onclose;
    }

    /** Runs one task of the queue, on the thread of the handlers. */
    private void run(EventQueue.Task task) {
        if (task.next() != null) {
            enter(task.next());
        }
        Event event = task.event();
        if (event instanceof OpenEvent open) {
            if (state == ReadyState.OPEN) {
                onopen.handle(open);
                opened.complete(this);
            }
        } else if (event instanceof MessageEvent message) {
            if (state == ReadyState.OPEN) {
                onmessage.handle(message);
            }
        } else if (event instanceof ErrorEvent error) {
            failure = error;
            onerror.handle(error);
        } else if (event instanceof CloseEvent close) {
            onclose.handle(close);
            opened.completeExceptionally(neverOpened(close));
            closed.complete(close);
        }
    }

    private IOException neverOpened(CloseEvent close) {
        ErrorEvent why = failure;
        return why == null
                ? new IOException("closed with " + close.code() + " before it was open")
                : new IOException(why.step() + ": " + why.message(), why.cause());
    }

    /** A handler that may be null on purpose, or not set yet. */
    private static final class Handler<E extends Event> {
        /** Whether the user has spoken; becomes true after {@link #action} is written. */
        private volatile boolean isSet;

        private volatile @Nullable Consumer<E> action;

        private void handle(E event) {
            Consumer<E> todo = action;
            if (todo == null) {
                return;
            }
            try {
                todo.accept(event);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "The on" + event.type() + " handler threw", e);
            }
        }
    }

    /** Puts what the connection tells into the queue. */
    private final class Wiring implements Link.Listener {
        @Override
        public void opened(String chosen) {
            protocol = chosen;
            events.add(new EventQueue.Task(ReadyState.OPEN, new OpenEvent(), 0));
        }

        @Override
        public void message(Object data, long size) {
            if (state.compareTo(ReadyState.CLOSING) < 0) {
                events.add(new EventQueue.Task(null, new MessageEvent(data), size));
            }
        }

        @Override
        public void closing() {
            events.add(new EventQueue.Task(ReadyState.CLOSING, null, 0));
        }

        @Override
        public void ended(@Nullable ErrorEvent error, CloseEvent close) {
            if (error != null) {
                events.add(new EventQueue.Task(ReadyState.CLOSED, error, 0));
            }
            events.add(new EventQueue.Task(ReadyState.CLOSED, close, 0));
        }

        @Override
        public boolean isFull() {
            return events.isFull();
        }
    }
}
