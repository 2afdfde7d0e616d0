package dev.wscratch.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainContext.Operation;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLUtils;

/**
 * What happens to TLS records once the handshake is over, on either side: reading them, and the goodbye.
 *
 * <p>Grizzly's own way of reading waits for the peer, on the selector thread and without end, when the peer begins a
 * second handshake; it drops what follows a key update or precedes a goodbye in the same read; and it never says goodbye.
 * Here nothing waits, a second handshake ends the connection, key updates have a rate (RFC 8446 section 4.6.3), and the
 * close_notify that RFC 8446 section 6.1 demands is sent.
 */
public final class TlsRecords {
    /** Each costs an answer. */
    private static final int KEY_UPDATES_PER_SECOND = 100;

    /** Answers that wait for a peer which does not read: past every bound on what is sent, with a buffer of 33 KB each. */
    private static final int UNSENT_ANSWERS = 8;

    private static final Attribute<KeyUpdates> KEY_UPDATES =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(TlsRecords.class.getName() + ".keyUpdates");

    private final BaseFilter filter;
    private final Consumer<Connection<?>> peerIsDone;

    /**
     * Serves one filter.
     *
     * @param filter the one that does TLS
     * @param peerIsDone told on the selector thread when the peer has said goodbye, before what came with it is passed on
     */
    public TlsRecords(BaseFilter filter, Consumer<Connection<?>> peerIsDone) {
        this.filter = filter;
        this.peerIsDone = peerIsDone;
    }

    /**
     * {@return whether the first handshake is over, well}
     *
     * @param tls a connection's state
     */
    public static boolean isEstablished(SSLConnectionContext tls) {
        SSLEngine engine = tls.getSslEngine();
        // A session that was not agreed on has the null cipher suite.
        return engine != null && !engine.getSession().getCipherSuite().endsWith("_NULL_NULL");
    }

    /**
     * Reads all whole records of the context's message.
     *
     * @param context its message becomes plain bytes
     * @param tls the connection's state; established
     * @return to go on with plain bytes, or to wait for more
     * @throws SSLException when a record is wrong, or the peer wants what it does not get
     */
    public NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls) throws SSLException {
        Buffer input = context.getMessage();
        // Two views of the same bytes may share their position.
        int start = input.position();
        ByteBuffer in = input.toByteBuffer();
        int inStart = in.position();
        // Records are never shorter than what they carry.
        Buffer output = context.getMemoryManager().allocate(input.remaining());
        output.allowBufferDispose(true);
        int outStart = output.position();
        ByteBuffer out = output.toByteBuffer();
        int outFrom = out.position();
        boolean done;
        synchronized (tls.getConnection()) {
            try {
                done = unwrapAll(context, tls, in, out);
            } catch (SSLException e) {
                // Or a thread that sends would try, with this monitor, for as long as the engine waits for a handshake.
                tls.getSslEngine().closeOutbound();
                throw e;
            }
        }
        input.position(start + in.position() - inStart);
        output.position(outStart + out.position() - outFrom);
        output.trim();
        Buffer rest = input.hasRemaining() && !done ? input.split(input.position()) : null;
        input.tryDispose();
        if (done) {
            peerIsDone.accept(tls.getConnection());
        }
        if (!output.hasRemaining()) {
            output.tryDispose();
            return context.getStopAction(rest);
        }
        context.setMessage(output);
        return context.getInvokeAction(rest);
    }

    /** {@return whether the peer has said goodbye} */
    private boolean unwrapAll(FilterChainContext context, SSLConnectionContext tls, ByteBuffer in, ByteBuffer out)
            throws SSLException {
        SSLEngine engine = tls.getSslEngine();
        while (in.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(in, out);
            if (result.getStatus() == Status.CLOSED || engine.isInboundDone()) {
                return true;
            }
            if (result.getStatus() != Status.OK) {
                return false;
            }
            answer(context, tls, result.getHandshakeStatus());
            if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                throw new SSLException("expected TLS to go on with " + in.remaining() + " bytes, got " + result);
            }
        }
        return false;
    }

    /** TLS 1.2 begins a second handshake here, TLS 1.3 exchanges keys or tickets. */
    private static void answer(FilterChainContext context, SSLConnectionContext tls, HandshakeStatus status)
            throws SSLException {
        SSLEngine engine = tls.getSslEngine();
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return;
        }
        // Behind our goodbye the engine waits for the peer's and has nothing to answer, but for a handshake it still
        // would.
        if (engine.isOutboundDone() && status != HandshakeStatus.NEED_TASK) {
            return;
        }
        if (engine.isOutboundDone() || !engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException("expected no second TLS handshake on a connection, got one (renegotiation)");
        }
        SSLUtils.executeDelegatedTask(engine);
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            KeyUpdates updates = keyUpdates(tls.getConnection());
            updates.count();
            sendOwn(context, tls, new Told(updates.unsent::decrementAndGet));
        }
    }

    private static KeyUpdates keyUpdates(Connection<?> connection) {
        KeyUpdates updates = KEY_UPDATES.get(connection);
        if (updates == null) {
            updates = new KeyUpdates();
            KEY_UPDATES.set(connection, updates);
        }
        return updates;
    }

    /** One connection's, which are answered one by one. */
    private static final class KeyUpdates {
        /** Guarded by the connection's monitor. */
        private final ControlFrameRate rate = new ControlFrameRate(KEY_UPDATES_PER_SECOND);

        /** Answers that are still with the channel. */
        private final AtomicInteger unsent = new AtomicInteger();

        /** Counts one that is going to be answered. */
        void count() throws SSLException {
            if (!rate.allows(System.nanoTime())) {
                throw new SSLException("expected at most " + KEY_UPDATES_PER_SECOND + " TLS key updates per second");
            }
            if (unsent.get() >= UNSENT_ANSWERS) {
                throw new SSLException("expected a peer that reads the answers to its TLS key updates, got another one"
                        + " while " + UNSENT_ANSWERS + " answers wait");
            }
            unsent.incrementAndGet();
        }
    }

    /** Sends what TLS itself has to say. With the connection's monitor, which keeps records in the order of their numbers. */
    @SuppressWarnings("rawtypes") // Grizzly's context takes this handler in its raw form.
    private static void sendOwn(
            FilterChainContext context, SSLConnectionContext tls, CompletionHandler<WriteResult> handler)
            throws SSLException {
        context.write(SSLUtils.handshakeWrap(tls.getConnection(), tls, null), handler);
    }

    /**
     * Sends the alert that says why a handshake or a record failed, if there is one to be sent.
     *
     * @param connection that will end now
     */
    public void sendAlert(Connection<?> connection) {
        try {
            synchronized (connection) {
                SSLConnectionContext tls = SSLUtils.getSslConnectionContext(connection);
                if (tls.getSslEngine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    sendOwn(filter.createContext(connection, Operation.WRITE), tls, new EmptyCompletionHandler<>());
                }
            }
        } catch (SSLException e) {
            // Then the peer learns it from the end alone.
            connection.terminateWithReason(e);
        }
    }

    /**
     * Says that nothing more will be sent: close_notify, behind what was written. Only the first time on a connection, and
     * only after a handshake.
     *
     * @param connection of TLS
     * @param then what to do when it was sent or cannot be
     */
    public void sayGoodbye(Connection<?> connection, Runnable then) {
        AfterReturn afterReturn = new AfterReturn();
        try {
            synchronized (connection) {
                SSLConnectionContext tls = SSLUtils.getSslConnectionContext(connection);
                if (tls == null || !isEstablished(tls) || tls.getSslEngine().isOutboundDone()) {
                    afterReturn.run(then);
                } else {
                    tls.getSslEngine().closeOutbound();
                    FilterChainContext context = filter.createContext(connection, Operation.WRITE);
                    sendOwn(context, tls, new Told(() -> afterReturn.run(then)));
                }
            }
        } catch (SSLException e) {
            connection.terminateWithReason(e);
        }
        afterReturn.returned();
    }

    /** Runs a task when a write has ended, however it has. */
    @SuppressWarnings("rawtypes") // As above.
    private static final class Told extends EmptyCompletionHandler<WriteResult> {
        private final Runnable task;

        Told(Runnable task) {
            this.task = task;
        }

        @Override
        public void completed(WriteResult result) {
            task.run();
        }

        @Override
        public void cancelled() {
            task.run();
        }

        @Override
        public void failed(Throwable cause) {
            task.run();
        }
    }
}
