package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of one {@link WebSocket} and the events that change it, WHATWG WebSockets sections 3.1 and 4: what the
 * connection tells waits in a queue, and each task of it first enters a state and then delivers an event.
 */
final class Lifecycle implements Link.Listener {
    /** What a ping or pong that waits costs besides its payload, roughly: so that a queue of empty ones ends too. */
    static final long CONTROL_OVERHEAD = 64;

    private final WebSocket socket;
    private final ClientSettings settings;
    private final String origin;
    private final EventTarget target;
    private final EventQueue events;
    private final Route route;
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
    private final AtomicLong buffered = new AtomicLong();

    /** Bytes of pings and pongs that have not left. */
    private final AtomicLong controls = new AtomicLong();

    /** Whether events pass without a handler; never becomes false again. */
    private volatile boolean started;

    /** Changed by {@link #enter} only, under its lock. */
    private volatile ReadyState state = ReadyState.CONNECTING;

    /** Chosen by the server; written before the open event. */
    private volatile String protocol = "";

    /** Chosen by the server; written before the open event. */
    private volatile List<Extension> extensions = List.of();

    private volatile BinaryType binaryType = BinaryType.BYTE_BUFFER;

    /** What the last error event said; written and read by the thread that runs the handlers. */
    private @Nullable ErrorEvent failure;

    Lifecycle(WebSocket socket, Address address, ClientSettings settings, EventTarget target) {
        this.socket = socket;
        this.settings = settings;
        this.origin = address.url().origin();
        this.target = target;
        this.route = new Route(address, settings, this);
        this.events = new EventQueue(settings.executor(), this::mayPass, this::run, route::resume);
    }

    void connect() {
        route.start();
    }

    void start() {
        started = true;
        events.wake();
    }

    /** To be called when a handler was set. */
    void wake() {
        events.wake();
    }

    CompletionStage<WebSocket> opened() {
        return opened.minimalCompletionStage();
    }

    CompletionStage<CloseEvent> closed() {
        return closed.minimalCompletionStage();
    }

    Route route() {
        return route;
    }

    ReadyState state() {
        return state;
    }

    String protocol() {
        return protocol;
    }

    List<Extension> extensions() {
        return extensions;
    }

    long bufferedAmount() {
        return buffered.get();
    }

    BinaryType binaryType() {
        return binaryType;
    }

    void binaryType(BinaryType type) {
        binaryType = type;
    }

    /** {@return whether a message of so many bytes is to be sent}. It counts as buffered in any case. */
    boolean maySend(long size) {
        ReadyState now = state;
        if (now == ReadyState.CONNECTING) {
            throw new IllegalStateException(
                    "send: expected state OPEN, got CONNECTING; send from onopen, or after opened() has completed");
        }
        long waiting = buffered.addAndGet(size) + controls.get();
        return now == ReadyState.OPEN && isRoom(waiting, "wait until bufferedAmount() is less");
    }

    /** Sends a ping or pong; what waits of them counts toward the bound on what waits of messages. */
    void control(Opcode opcode, ByteBuffer payload) {
        long weight = CONTROL_OVERHEAD + payload.remaining();
        long waiting = controls.addAndGet(weight) + buffered.get();
        if (state == ReadyState.OPEN && isRoom(waiting, "wait for pongs before more pings")) {
            route.control(opcode, payload, () -> controls.addAndGet(-weight));
        }
    }

    /** Past the bound the connection fails: the standard's "flagged as full". */
    private boolean isRoom(long waiting, String advice) {
        if (waiting <= settings.maxBuffered()) {
            return true;
        }
        route.fail(ErrorEvent.of(
                Step.FRAMES,
                "send queue full: expected at most " + settings.maxBuffered() + " bytes waiting, got " + waiting
                        + "; the server reads too slowly, " + advice,
                null,
                null));
        return false;
    }

    void close(CloseReason reason) {
        ReadyState before = enter(ReadyState.CLOSING);
        if (before == ReadyState.CONNECTING) {
            events.dropMessages();
            route.abort();
        } else if (before == ReadyState.OPEN) {
            events.dropMessages();
            route.close(reason);
        }
    }

    /** The one place where the state changes, and only forward; gives the state before. */
    private synchronized ReadyState enter(ReadyState next) {
        ReadyState before = state;
        if (next.compareTo(before) > 0) {
            state = next;
        }
        return before;
    }

    private boolean mayPass(Event event) {
        return started || target.awaits(event);
    }

    /** Runs one task of the queue, on the thread of the handlers. */
    private void run(EventQueue.Task task) {
        if (task.next() != null) {
            enter(task.next());
        }
        Event event = task.event();
        if (event instanceof OpenEvent open) {
            if (state == ReadyState.OPEN) {
                target.open.dispatch(open);
                opened.complete(socket);
            }
        } else if (event instanceof MessageEvent message) {
            if (state == ReadyState.OPEN) {
                target.message.dispatch(typed(message));
            }
        } else if (event instanceof ErrorEvent error) {
            failure = error;
            target.error.dispatch(error);
        } else if (event instanceof CloseEvent close) {
            target.close.dispatch(close);
            opened.completeExceptionally(neverOpened(close));
            closed.complete(close);
        }
    }

    private MessageEvent typed(MessageEvent message) {
        if (binaryType == BinaryType.BYTE_ARRAY && message.data() instanceof ByteBuffer bytes) {
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return new MessageEvent(array, message.origin());
        }
        return message;
    }

    private IOException neverOpened(CloseEvent close) {
        ErrorEvent why = failure;
        return why == null
                ? new IOException("closed with " + close.code() + " before it was open")
                : new IOException(why.step() + ": " + why.message(), why.cause());
    }

    @Override
    public void opened(String chosen, List<Extension> used) {
        protocol = chosen;
        extensions = used;
        events.add(new EventQueue.Task(ReadyState.OPEN, new OpenEvent(), 0));
    }

    @Override
    public void message(Object data, long size) {
        if (state.compareTo(ReadyState.CLOSING) < 0) {
            events.add(new EventQueue.Task(null, new MessageEvent(data, origin), size));
        }
    }

    @Override
    public void sent(long size) {
        buffered.addAndGet(-size);
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
