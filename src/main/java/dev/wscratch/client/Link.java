package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.client.Handshake.Answer;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Diagnosis;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Violation;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.spi.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the first packet to the last: TCP and TLS by Grizzly, the opening handshake by {@code wire},
 * messages by Tyrus, the closing handshake here (RFC 6455 section 7), since Tyrus ends the TCP connection without waiting
 * for the answer.
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
    /** Milliseconds that the server has to end TCP after both Close frames, RFC 6455 section 7.1.1. */
    static final long END_DEADLINE = 1_000;

    private static final CloseEvent ABNORMAL = new CloseEvent(1006, "", false);

    /** Who is told; never under the lock of a user, but maybe on the reading thread: must not block. */
    interface Listener {
        void opened(String protocol, List<Extension> extensions);

        void message(Object data, long size);

        /** A message given to {@code send} has left. */
        void sent(long size);

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

    private final ClientSettings settings;
    private final Listener listener;
    private final Negotiation negotiation;
    private final Wire wire;

    /** Written under this lock. */
    private volatile Phase phase = Phase.CONNECTING;

    /** How far we are, for error events; written by whoever makes the step. */
    private volatile Step step = Step.CONNECT;

    /** What broke TCP, if something was said; written by the reading thread. */
    private volatile @Nullable Throwable cause;

    /** Set once by the reading thread. */
    private volatile @Nullable Connection tyrus;

    /** Guarded by this. */
    private @Nullable Session session;

    /** The server's Close frame; guarded by this. */
    private @Nullable CloseEvent received;

    /** The read that waits for room; guarded by this. */
    private @Nullable FilterChainContext paused;

    /** Of the phase we are in. */
    private final Deadline deadline = new Deadline();

    /**
     * Not connected yet.
     *
     * @throws IllegalArgumentException if a header cannot be written
     */
    Link(Address address, List<HeaderField> headers, ClientSettings settings, Listener listener) {
        this.address = address;
        this.tls = settings.tls();
        this.settings = settings;
        this.listener = listener;
        this.negotiation = new Negotiation(address, headers, settings, this);
        this.wire = new Wire(this, settings.proxy());
    }

    ClientSettings settings() {
        return settings;
    }

    Outbound outbound() {
        return negotiation.outbound();
    }

    /**
     * Starts, without waiting; the outcome comes by the listener.
     *
     * @param milliseconds until the connection must be open
     */
    void start(long milliseconds) {
        KeepAlive.acquire();
        deadline.expect(
                milliseconds,
                () -> fail(
                        step,
                        "no answer from " + address.url().withoutSecrets() + " within "
                                + settings.handshakeDeadline().toMillis() + " ms",
                        0,
                        new TimeoutException("handshake deadline")));
        SharedTransport.lookups().execute(this::connect);
    }

    private void connect() {
        if (phase == Phase.FINISHED) {
            return;
        }
        try {
            wire.connect(address);
        } catch (IOException | RuntimeException e) {
            // Unchecked ones too: whatever it was, the user must hear of it, and nobody else listens on this thread.
            fail(Step.CONNECT, "cannot reach " + address.url().withoutSecrets() + ": " + e.getMessage(), 0, e);
        }
    }

    boolean isFinished() {
        return phase == Phase.FINISHED;
    }

    /** How far the connection is, for the error event if it goes no further. */
    void reached(Step step) {
        this.step = step;
    }

    /** TCP is there; what is written waits for TLS, if there is any. */
    void tcpConnected() {
        reached(Step.HANDSHAKE);
        write(negotiation.request(), () -> {}, failure -> {});
    }

    /** Bytes from the server; called by one thread at a time. The buffer is not kept. */
    void read(ByteBuffer bytes) {
        if (phase == Phase.FINISHED || (tyrus == null && !handshake(bytes))) {
            return;
        }
        ByteBuffer frames = bytes.slice();
        Inbound inbound = negotiation.inbound();
        inbound.read(frames, this::frame);
        Violation violation = inbound.violation();
        CloseReason close = inbound.close();
        if (violation != null) {
            write(violation.closeReason());
            fail(ErrorEvent.of(
                    Step.FRAMES, "the server broke the protocol: " + violation, Diagnosis.of(violation.rule()), null));
        } else if (close != null) {
            closedByServer(close);
        }
    }

    private void frame(ByteBuffer frame) {
        Connection connection = tyrus;
        if (phase == Phase.OPEN && connection != null) {
            connection.getReadHandler().handle(frame);
        }
    }

    /** Whether the connection is open now; then what is left of the bytes is frames. */
    private boolean handshake(ByteBuffer bytes) {
        Answer answer = negotiation.read(bytes);
        if (answer instanceof Refused refused) {
            fail(refused.error());
        }
        return answer instanceof Opened && upgrade();
    }

    private boolean upgrade() {
        try {
            TyrusContainer.connect(this);
            return tyrus != null;
        } catch (DeploymentException | IOException e) {
            fail(Step.HANDSHAKE, "Tyrus refuses the server's answer: " + e.getMessage(), 0, e);
            return false;
        }
    }

    /** Tyrus has its end of the connection. */
    void connected(Connection connection) {
        tyrus = connection;
    }

    /** Tyrus has the session; called within {@link #upgrade}. */
    void opened(Session opened) {
        synchronized (this) {
            if (phase != Phase.CONNECTING) {
                return;
            }
            session = opened;
            phase = Phase.OPEN;
            step = Step.FRAMES;
            deadline.cancel();
        }
        listener.opened(negotiation.subprotocol(), negotiation.extensions());
    }

    void message(Object data, long size) {
        if (phase == Phase.OPEN) {
            listener.message(data, size);
        }
    }

    /** Does nothing once the closing handshake has begun; the listener hears when the message has left. */
    void send(String text, long size) {
        synchronized (this) {
            if (phase == Phase.OPEN && session != null) {
                session.getAsyncRemote().sendText(text, result -> {
                    if (result.isOK()) {
                        listener.sent(size);
                    }
                });
            }
        }
    }

    void send(ByteBuffer data) {
        int size = data.remaining();
        synchronized (this) {
            if (phase == Phase.OPEN && session != null) {
                session.getAsyncRemote().sendBinary(data, result -> {
                    if (result.isOK()) {
                        listener.sent(size);
                    }
                });
            }
        }
    }

    /** Past Tyrus, which sends a fragment only when it is asked for the next; no other message comes between. */
    synchronized void send(Opcode opcode, ByteBuffer data, int frames) {
        if (phase == Phase.OPEN) {
            int size = data.remaining();
            negotiation.outbound().message(opcode, data, frames, () -> listener.sent(size));
        }
    }

    /** Sends a ping or pong between the messages; nothing happens once the closing handshake has begun. */
    synchronized void control(Opcode opcode, ByteBuffer payload, Runnable sent) {
        if (phase == Phase.OPEN) {
            negotiation.outbound().frame(true, opcode, payload, sent);
        }
    }

    /** Starts the closing handshake, unless the server was faster. */
    synchronized void close(CloseReason reason) {
        if (phase == Phase.OPEN) {
            phase = Phase.CLOSE_SENT;
            step = Step.CLOSE;
            write(reason);
            long milliseconds = settings.closeDeadline().toMillis();
            deadline.expect(
                    milliseconds,
                    () -> fail(Step.CLOSE, "no Close frame from the server within " + milliseconds + " ms", 0, null));
        }
    }

    /** Gives up a connection whose user has not seen it open yet. */
    void abort() {
        fail(step, "close() was called before the connection was open", 0, null);
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
            deadline.expect(END_DEADLINE, () -> finish(null, close));
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
        fail(ErrorEvent.of(
                step,
                "the server ended the connection " + negotiation.endedWhile(step) + detail,
                Diagnosis.of(CloseCode.ABNORMAL_CLOSURE),
                why));
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
    void write(ByteBuffer bytes, Runnable done, Consumer<Throwable> failed) {
        if (phase == Phase.FINISHED) {
            failed.accept(new IOException("the connection has ended"));
        } else {
            wire.write(bytes, done, failed);
        }
    }

    private void write(CloseReason reason) {
        // That it could not be written is told by the end of TCP.
        write(negotiation.outbound().close(reason), () -> {}, failure -> {});
    }

    void fail(Step step, String message, int status, @Nullable Throwable cause) {
        fail(new ErrorEvent(step, message, status, dev.wscratch.wire.HeaderFields.NONE, null, cause));
    }

    void fail(ErrorEvent error) {
        finish(error, ABNORMAL);
    }

    private void finish(@Nullable ErrorEvent error, CloseEvent close) {
        synchronized (this) {
            if (phase == Phase.FINISHED) {
                return;
            }
            phase = Phase.FINISHED;
            deadline.cancel();
        }
        try {
            wire.end();
            listener.ended(error, close);
        } finally {
            KeepAlive.release();
            // Off this thread, which may hold locks that Tyrus wants too.
            SharedTransport.handlers().execute(this::release);
        }
    }

    /** Lets Tyrus forget the connection. */
    private void release() {
        resume();
        negotiation.close();
        Connection connection = tyrus;
        if (connection != null) {
            connection.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
        }
    }
}
