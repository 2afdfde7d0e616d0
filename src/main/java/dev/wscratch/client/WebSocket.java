package dev.wscratch.client;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Utf8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
 * to be sent; past these the connection fails. permessage-deflate is offered, no redirect is followed, no Origin is sent.
 * {@link #builder} changes these, and has what no browser gives to a page: headers, TLS settings, a proxy, an executor,
 * and the frames as they pass.
 *
 * <p>What a browser does otherwise is a list in README.md, which {@code ParityIT} holds against Chromium.
 */
public final class WebSocket {
    /** The most frames of one message. */
    public static final int MOST_FRAMES = 10_000;

    private final Address address;
    private final EventTarget target = new EventTarget();
    private final Lifecycle lifecycle;

    /**
     * Connects, at once and without waiting.
     *
     * @param url {@code ws://host:port/path} or {@code wss://…}; {@code http} and {@code https} mean the same
     * @param protocols the subprotocols to offer, best first; the connection fails if the server chooses none of them
     * @throws IllegalArgumentException if the URL has another scheme, no host or a fragment, or a subprotocol is no HTTP
     *     token or comes twice
     */
    public WebSocket(String url, String... protocols) {
        this(Address.of(url, List.of(protocols)), ClientSettings.DEFAULT);
        lifecycle.connect();
    }

    private WebSocket(Address address, ClientSettings settings) {
        this.address = address;
        this.lifecycle = new Lifecycle(this, address, settings, target);
    }

    /**
     * Connects after {@code handlers} has set what it wants; events never wait for a handler.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static WebSocket open(String url, Consumer<WebSocket> handlers, String... protocols) {
        return open(Address.of(url, List.of(protocols)), ClientSettings.DEFAULT, handlers);
    }

    /** What a browser does not offer: headers, TLS settings, a proxy, limits. */
    public static WebSocketBuilder builder(String url) {
        return new WebSocketBuilder(url);
    }

    static WebSocket connect(Address address, ClientSettings settings) {
        WebSocket socket = new WebSocket(address, settings);
        socket.lifecycle.connect();
        return socket;
    }

    static WebSocket open(Address address, ClientSettings settings, Consumer<WebSocket> handlers) {
        WebSocket socket = new WebSocket(address, settings);
        handlers.accept(socket);
        socket.lifecycle.start();
        socket.lifecycle.connect();
        return socket;
    }

    /** Sets what to do when messages may be sent, or null for nothing. */
    public void onopen(@Nullable Consumer<OpenEvent> handler) {
        target.open.set(handler);
        lifecycle.wake();
    }

    /** Sets what to do with each message, or null for nothing. */
    public void onmessage(@Nullable Consumer<MessageEvent> handler) {
        target.message.set(handler);
        lifecycle.wake();
    }

    /** Sets what to do when the connection has failed, or null for nothing; a close event follows. */
    public void onerror(@Nullable Consumer<ErrorEvent> handler) {
        target.error.set(handler);
        lifecycle.wake();
    }

    /** Sets what to do at the end, or null for nothing. */
    public void onclose(@Nullable Consumer<CloseEvent> handler) {
        target.close.set(handler);
        lifecycle.wake();
    }

    /**
     * One more listener of a type of event, after those that are there; one that is there already is not added again.
     *
     * @param type {@code OpenEvent.class}, {@code MessageEvent.class}, {@code ErrorEvent.class} or {@code CloseEvent.class}
     */
    public <E extends Event> void addEventListener(Class<E> type, Consumer<? super E> listener) {
        target.of(type).add(listener);
        lifecycle.wake();
    }

    /** Takes a listener away; nothing happens if it is not there. */
    public <E extends Event> void removeEventListener(Class<E> type, Consumer<? super E> listener) {
        target.of(type).remove(listener);
    }

    /** Says that all handlers are set: events whose handler is not are dropped from now on. */
    public void start() {
        lifecycle.start();
    }

    /**
     * Completes after the handler of the open event, with this; fails with an {@link IOException} if the connection is
     * never opened. Implies {@link #start}.
     */
    public CompletionStage<WebSocket> opened() {
        start();
        return lifecycle.opened();
    }

    /** Completes after the handler of the close event; never fails. Implies {@link #start}. */
    public CompletionStage<CloseEvent> closed() {
        start();
        return lifecycle.closed();
    }

    /**
     * Queues a text message and returns. In CLOSING and CLOSED it is dropped, as in a browser. Half a surrogate pair is
     * sent as U+FFFD.
     *
     * @throws IllegalStateException in CONNECTING
     */
    public void send(String text) {
        String wellFormed = Scalars.of(text);
        long size = Utf8.length(wellFormed);
        if (lifecycle.maySend(size)) {
            lifecycle.route().send(wellFormed, size);
        }
    }

    /**
     * Queues the buffer's remaining bytes as a binary message and returns; they are copied, the buffer is left as it was.
     * In CLOSING and CLOSED they are dropped, as in a browser.
     *
     * @throws IllegalStateException in CONNECTING
     */
    public void send(ByteBuffer data) {
        if (lifecycle.maySend(data.remaining())) {
            ByteBuffer copy = ByteBuffer.allocate(data.remaining());
            lifecycle.route().send(copy.put(data.duplicate()).flip());
        }
    }

    /** As {@link #send(ByteBuffer)}. */
    public void send(byte[] data) {
        send(ByteBuffer.wrap(data));
    }

    /**
     * As {@link #send(String)}, in so many frames (RFC 6455 section 5.4), as no browser lets a page: of almost the same
     * length, uncompressed, and cut without regard to characters. A message with fewer bytes has empty frames.
     *
     * @param frames 1 to {@value #MOST_FRAMES}
     * @throws IllegalArgumentException if there are to be more or less, in every state
     */
    public void send(String text, int frames) {
        requireFrames(frames);
        byte[] bytes = Scalars.of(text).getBytes(StandardCharsets.UTF_8);
        if (lifecycle.maySend(bytes.length)) {
            lifecycle.route().send(Opcode.TEXT, ByteBuffer.wrap(bytes), frames);
        }
    }

    /** As {@link #send(ByteBuffer)}, in so many frames; see {@link #send(String, int)}. */
    public void send(ByteBuffer data, int frames) {
        requireFrames(frames);
        if (lifecycle.maySend(data.remaining())) {
            ByteBuffer copy = ByteBuffer.allocate(data.remaining());
            lifecycle.route().send(Opcode.BINARY, copy.put(data.duplicate()).flip(), frames);
        }
    }

    private static void requireFrames(int frames) {
        if (frames < 1 || frames > MOST_FRAMES) {
            throw new IllegalArgumentException("frames: expected 1 to " + MOST_FRAMES + ", got " + frames);
        }
    }

    /**
     * Sends a Ping between the messages, as no browser lets a page; the server's Pong is seen by {@link
     * WebSocketBuilder#frames}. In CLOSING and CLOSED nothing happens.
     *
     * <p>It is not among {@link #bufferedAmount}, but counts toward {@link WebSocketBuilder#maxBuffered}, with its payload
     * and {@value Lifecycle#CONTROL_OVERHEAD} bytes.
     *
     * @param payload at most 125 bytes (RFC 6455 section 5.5); they come back in the Pong
     * @throws IllegalArgumentException if there are more, in every state
     * @throws IllegalStateException in CONNECTING
     */
    public void ping(byte[] payload) {
        control(Opcode.PING, payload);
    }

    /** Sends a Pong that nobody asked for (RFC 6455 section 5.5.3); in all else as {@link #ping}. */
    public void pong(byte[] payload) {
        control(Opcode.PONG, payload);
    }

    private void control(Opcode opcode, byte[] payload) {
        if (payload.length > 125) {
            throw new IllegalArgumentException(
                    opcode.label() + ": expected at most 125 bytes (RFC 6455 5.5), got " + payload.length);
        }
        if (readyState() == ReadyState.CONNECTING) {
            throw new IllegalStateException(opcode.label() + ": expected state OPEN, got CONNECTING");
        }
        lifecycle.control(opcode, ByteBuffer.wrap(payload));
    }

    /** Starts the closing handshake without a code; the server reads it as 1005. */
    public void close() {
        lifecycle.close(CloseReason.NONE);
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
     * @throws IllegalArgumentException if code or reason is something else, in every state
     */
    public void close(int code, String reason) {
        lifecycle.close(checked(code, reason));
    }

    /** Closes with any code, also those that are for protocols above to send and not for their users. */
    void end(CloseReason reason) {
        lifecycle.close(reason);
    }

    /** What may be sent, section 3.1's "validate close code and reason". */
    static CloseReason checked(int code, String reason) {
        if (code < 0 || code > 0xFFFF || !new CloseCode(code).maySendFromPage()) {
            throw new IllegalArgumentException("close code: expected 1000 or 3000 to 4999, got " + code);
        }
        String wellFormed = Scalars.of(reason);
        int length = wellFormed.getBytes(StandardCharsets.UTF_8).length;
        if (length > CloseReason.MAX_REASON_BYTES) {
            throw new IllegalArgumentException("close reason: expected at most " + CloseReason.MAX_REASON_BYTES
                    + " bytes of UTF-8 (125 minus the 2-byte code), got " + length);
        }
        return new CloseReason(new CloseCode(code), wellFormed);
    }

    /** Where the lifecycle is. */
    public ReadyState readyState() {
        return lifecycle.state();
    }

    /** The URL as the standard writes it: scheme {@code ws} or {@code wss}, with a path; also after a redirect. */
    public String url() {
        return address.url().href();
    }

    /** The URL without user info and query, which may be secrets: for messages, which end in logs. */
    String place() {
        return address.url().withoutSecrets();
    }

    /** The subprotocol that the server chose, or empty. */
    public String protocol() {
        return lifecycle.protocol();
    }

    /** The extensions in use, as the server's header has them, such as {@code permessage-deflate}; or empty. */
    public String extensions() {
        return Extension.format(lifecycle.extensions());
    }

    /**
     * How many bytes of what was given to {@code send} have not left this program, text as UTF-8, without headers. What is
     * given after the end counts too and never leaves, as the standard has it.
     */
    public long bufferedAmount() {
        return lifecycle.bufferedAmount();
    }

    /** What a binary message is given as. */
    public BinaryType binaryType() {
        return lifecycle.binaryType();
    }

    /** Sets what a binary message is given as, from the next one that is delivered on. */
    public void binaryType(BinaryType type) {
        lifecycle.binaryType(type);
    }
}
