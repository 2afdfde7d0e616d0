package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.client.Handshake.Answer;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.Violation;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeInfo;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the first packet to the last: TCP and TLS by Grizzly, handshake and messages by Tyrus, the
 * closing handshake here (RFC 6455 section 7), since Tyrus ends the TCP connection without waiting for the answer.
 *
 * <pre>
 *  CONNECTING ── 101 is right ──► OPEN ── close() ──► CLOSE_SENT
 *      │                           │ Close frame          │ Close frame
 *      │ anything else             ▼ comes, is answered   ▼ comes
 *      │                           CLOSE_RECEIVED ◄───────┘
 *      ▼                             │ TCP ends, or one second passed
 *  FINISHED ◄────────────────────────┘   (from every phase: TCP ends, a deadline passes, a rule is broken)
 * </pre>
 *
 * It tells its {@link Listener} in the order of the wire, and ends with exactly one {@code ended}.
 */
final class Link {
    /** Milliseconds from the constructor to an open connection. */
    static final long HANDSHAKE_DEADLINE = 10_000;

    /** Milliseconds from our Close frame to the server's. */
    static final long CLOSE_DEADLINE = 5_000;

    /** Milliseconds that the server has to end TCP after both Close frames, RFC 6455 section 7.1.1. */
    static final long END_DEADLINE = 1_000;

    /** Bytes and characters given to {@code send} that have not left yet: past it the connection fails. */
    static final long MAX_BUFFERED = 64L << 20;

    /** RFC 6455 section 5.3: masking keys must not be predictable. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final CloseEvent ABNORMAL = new CloseEvent(1006, "", false);

    /** Who is told; never under the lock of a user, but maybe on the reading thread: must not block. */
    interface Listener {
        void opened(String protocol);

        void message(Object data, long size);

        /** The server began to close. */
        void closing();

        void ended(@Nullable ErrorEvent error, CloseEvent close);

        /** Whether reading must stop until {@link Link#resume}. */
        boolean isFull();
    }

    private enum Phase {
        CONNECTING,
        OPEN,
        CLOSE_SENT,
        CLOSE_RECEIVED,
        FINISHED
    }

    private final Address address;

    /** Whom {@code wss} trusts, and who we are; null for the JVM's own. */
    final @Nullable SSLContext tls;

    private final Listener listener;
    private final Handshake handshake;

    /** Used by the reading thread only. */
    private final FrameWatch watch = new FrameWatch(TyrusContainer.MAX_MESSAGE);

    private final AtomicLong buffered = new AtomicLong();

    /** Written under this lock. */
    private volatile Phase phase = Phase.CONNECTING;

    /** How far we are, for error events; written by whoever makes the step. */
    private volatile Step step = Step.CONNECT;

    /** What broke TCP, if something was said; written by the reading thread. */
    private volatile @Nullable Throwable cause;

    /** Guarded by this. */
    private @Nullable ClientEngine engine;

    /** Set once by the thread that connects, before anything is read. */
    private volatile @Nullable Wire wire;

    /** Set once by the reading thread. */
    private volatile @Nullable Connection tyrus;

    /** Guarded by this. */
    private @Nullable Session session;

    /** The chosen subprotocol; used by the reading thread only. */
    private String protocol = "";

    /** The server's Close frame; guarded by this. */
    private @Nullable CloseEvent received;

    /** The read that waits for room; guarded by this. */
    private @Nullable FilterChainContext paused;

    /** Of the phase we are in; guarded by this. */
    private @Nullable Future<?> deadline;

    Link(Address address, @Nullable SSLContext tls, Listener listener) {
        this.address = address;
        this.tls = tls;
        this.listener = listener;
        this.handshake = new Handshake(address);
    }

    URI uri() {
        return address.uri();
    }

    /** Starts; the outcome comes by the listener. */
    void start() {
        KeepAlive.acquire();
        expect(
                HANDSHAKE_DEADLINE,
                () -> fail(step, "no answer from " + address.uri() + " within " + HANDSHAKE_DEADLINE / 1000 + " s"));
        try {
            TyrusContainer.connect(this);
        } catch (DeploymentException e) {
            fail(Step.CONNECT, "Tyrus refuses " + address.uri() + ": " + e.getMessage(), 0, e);
        }
    }

    /** Called by Tyrus on a thread of its own, which may block for the look-up of the host. */
    void connect(ClientEngine engine) {
        UpgradeRequest request = engine.createUpgradeRequest(null);
        ByteBuffer head = handshake.request(request.getHeader("Sec-WebSocket-Key"));
        synchronized (this) {
            this.engine = engine;
        }
        Wire made = new Wire(this, head);
        wire = made;
        if (phase == Phase.FINISHED) {
            engine.processError(new IOException("closed before it was connected"));
            return;
        }
        try {
            made.connect(address);
        } catch (IOException e) {
            fail(Step.CONNECT, "cannot reach " + address.uri() + ": " + e.getMessage(), 0, e);
        }
    }

    /** How far the connection is, for the error event if it goes no further. */
    void reached(Step step) {
        this.step = step;
    }

    void opened(Session session) {
        synchronized (this) {
            if (phase != Phase.CONNECTING) {
                return;
            }
            this.session = session;
            phase = Phase.OPEN;
            step = Step.FRAMES;
            cancelDeadline();
        }
        listener.opened(protocol);
    }

    void message(Object data, long size) {
        if (phase == Phase.OPEN) {
            listener.message(data, size);
        }
    }

    void send(String text) {
        synchronized (this) {
            if (phase == Phase.OPEN && session != null && mayBuffer(text.length())) {
                session.getAsyncRemote().sendText(text, result -> buffered.addAndGet(-text.length()));
            }
        }
    }

    void send(ByteBuffer data) {
        int size = data.remaining();
        synchronized (this) {
            if (phase == Phase.OPEN && session != null && mayBuffer(size)) {
                session.getAsyncRemote().sendBinary(data, result -> buffered.addAndGet(-size));
            }
        }
    }

    /** What was given to {@code send} and has not left this program, in bytes and characters. */
    long buffered() {
        return buffered.get();
    }

    private boolean mayBuffer(int size) {
        if (buffered.addAndGet(size) <= MAX_BUFFERED) {
            return true;
        }
        fail(
                Step.FRAMES,
                "send queue full: expected at most " + MAX_BUFFERED + " bytes waiting, got " + buffered
                        + "; the server reads too slowly",
                0,
                null);
        return false;
    }

    /** Starts the closing handshake, unless the server was faster. */
    synchronized void close(CloseReason reason) {
        if (phase == Phase.OPEN) {
            phase = Phase.CLOSE_SENT;
            step = Step.CLOSE;
            write(reason);
            expect(
                    CLOSE_DEADLINE,
                    () -> fail(Step.CLOSE, "no Close frame from the server within " + CLOSE_DEADLINE / 1000 + " s"));
        }
    }

    /** Gives up a connection whose user has not seen it open yet. */
    void abort() {
        fail(step, "close() was called before the connection was open");
    }

    /** Bytes from the server; called by one thread at a time. The buffer is not kept. */
    void read(ByteBuffer bytes) {
        if (phase == Phase.FINISHED) {
            return;
        }
        if (tyrus == null && !handshake(bytes)) {
            return;
        }
        Connection connection = tyrus;
        if (connection == null || !bytes.hasRemaining()) {
            return;
        }
        ByteBuffer frames = bytes.slice();
        int forTyrus = watch.scan(frames.duplicate());
        if (phase == Phase.OPEN && forTyrus > 0) {
            connection.getReadHandler().handle(frames.limit(forTyrus));
        }
        Violation violation = watch.violation();
        CloseReason close = watch.close();
        if (violation != null) {
            write(violation.closeReason());
            fail(Step.FRAMES, "the server broke the protocol: " + violation, 0, null);
        } else if (close != null) {
            closedByServer(close);
        }
    }

    /** Whether the connection is open now; then what is left of the bytes is frames. */
    private boolean handshake(ByteBuffer bytes) {
        Answer answer = handshake.read(bytes);
        if (answer instanceof Refused refused) {
            fail(Step.HANDSHAKE, refused.message(), refused.status(), null);
        }
        return answer instanceof Opened opened && upgrade(opened);
    }

    private boolean upgrade(Opened opened) {
        ClientEngine to = engine();
        if (to == null) {
            return false;
        }
        TyrusUpgradeResponse response = new TyrusUpgradeResponse();
        response.setStatus(opened.head().status());
        response.setReasonPhrase(opened.head().reason());
        for (HeaderField header : opened.head().headers().all()) {
            response.getHeaders()
                    .computeIfAbsent(header.name(), name -> new ArrayList<>())
                    .add(header.value());
        }
        protocol = opened.subprotocol();
        ClientUpgradeInfo info = to.processResponse(response, new LinkWriter(this), reason -> {});
        if (info.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
            fail(Step.HANDSHAKE, "Tyrus refuses the server's answer");
            return false;
        }
        tyrus = info.createConnection();
        return true;
    }

    private synchronized @Nullable ClientEngine engine() {
        return engine;
    }

    private void closedByServer(CloseReason reason) {
        CloseEvent close = new CloseEvent(reason.code().value(), reason.reason(), true);
        synchronized (this) {
            if (phase != Phase.OPEN && phase != Phase.CLOSE_SENT) {
                return;
            }
            if (phase == Phase.OPEN) {
                // As browsers answer: RFC 6455 section 5.5.1 asks for the code, the reason is a courtesy.
                write(reason);
            }
            phase = Phase.CLOSE_RECEIVED;
            received = close;
            expect(END_DEADLINE, () -> finish(null, close));
        }
        listener.closing();
    }

    /** Tyrus found a fault in the server's frames, and has a close code for it. */
    void brokenByPeer(int code, String message, @Nullable Throwable cause) {
        if (phase == Phase.OPEN) {
            // Here, since the link is finished before Tyrus writes a frame of its own.
            CloseCode said = new CloseCode(code);
            write(CloseReason.of(said.isValidOnWire() ? said : CloseCode.PROTOCOL_ERROR));
            fail(Step.FRAMES, "the server broke the protocol: " + message, 0, cause);
        }
    }

    /** A failure below that will be followed by the end of TCP. */
    void broken(Throwable cause) {
        this.cause = cause;
    }

    /** TCP has ended. */
    void tcpEnded() {
        CloseEvent close;
        synchronized (this) {
            close = received;
        }
        if (close != null) {
            finish(null, close);
            return;
        }
        Throwable why = cause;
        String detail = why == null ? "" : ": " + why.getMessage();
        fail(step, "the server ended the connection " + handshake.endedWhile(step) + detail, 0, why);
    }

    /** Stops reading if the listener wants to: the context must then be left suspended. */
    synchronized boolean pause(FilterChainContext context) {
        if (phase != Phase.OPEN || !listener.isFull()) {
            return false;
        }
        context.suspend();
        paused = context;
        return true;
    }

    /** Reads on, if reading was stopped. */
    void resume() {
        FilterChainContext context;
        synchronized (this) {
            context = paused;
            paused = null;
        }
        if (context != null) {
            context.resume(context.getStopAction());
        }
    }

    /** Puts bytes on the wire behind those that wait; never blocks. */
    void write(ByteBuffer bytes, Runnable done, java.util.function.Consumer<Throwable> failed) {
        Wire to = wire;
        if (to == null || phase == Phase.FINISHED) {
            failed.accept(new IOException("the connection has ended"));
        } else {
            to.write(bytes, done, failed);
        }
    }

    private void write(CloseReason reason) {
        // That it could not be written is told by the end of TCP.
        write(FrameSerialiser.maskedClose(reason, RANDOM.nextInt()), () -> {}, failure -> {});
    }

    private void fail(Step step, String message) {
        fail(step, message, 0, null);
    }

    void fail(Step step, String message, int status, @Nullable Throwable cause) {
        finish(new ErrorEvent(step, message, status, cause), ABNORMAL);
    }

    private void finish(@Nullable ErrorEvent error, CloseEvent close) {
        ClientEngine waiting;
        synchronized (this) {
            if (phase == Phase.FINISHED) {
                return;
            }
            waiting = phase == Phase.CONNECTING && tyrus == null ? engine : null;
            phase = Phase.FINISHED;
            cancelDeadline();
        }
        Wire to = wire;
        if (to != null) {
            to.end();
        }
        listener.ended(error, close);
        KeepAlive.release();
        // Off this thread, which may hold locks that Tyrus wants too.
        SharedTransport.handlers().execute(() -> release(waiting));
    }

    /** Lets Tyrus forget the connection. */
    private void release(@Nullable ClientEngine waiting) {
        resume();
        Connection connection = tyrus;
        if (connection != null) {
            connection.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
        } else if (waiting != null) {
            waiting.processError(new IOException("the connection failed"));
        }
    }

    private synchronized void expect(long milliseconds, Runnable otherwise) {
        cancelDeadline();
        deadline = SharedTransport.after(milliseconds, otherwise);
    }

    private synchronized void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
