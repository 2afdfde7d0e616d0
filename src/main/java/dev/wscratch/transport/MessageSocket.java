package dev.wscratch.transport;

import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Utf8;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.glassfish.tyrus.core.DebugContext;
import org.glassfish.tyrus.core.ProtocolHandler;
import org.glassfish.tyrus.core.TyrusEndpointWrapper;
import org.glassfish.tyrus.core.TyrusExtension;
import org.glassfish.tyrus.core.TyrusSession;
import org.glassfish.tyrus.core.TyrusWebSocket;
import org.glassfish.tyrus.core.frame.CloseFrame;
import org.glassfish.tyrus.core.frame.Frame;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WriterInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a session of Tyrus's sends through: whole messages become frames here, in one step, with the JDK's UTF-8.
 *
 * <p>As long as a session has sent whole messages only. Once it sends one in pieces, everything goes Tyrus's way, which
 * keeps the pieces of two messages apart (RFC 6455 section 5.4).
 *
 * <p>No lock is held, neither ours nor Tyrus's, while a {@link SendHandler} is told: it may wait for another thread that
 * sends here.
 *
 * <p>Sending is safe on any thread.
 */
final class MessageSocket extends TyrusWebSocket {
    private static final ThreadLocal<@Nullable MessageSocket> OPENING = new ThreadLocal<>();

    /** From this size on a payload is not copied behind its header. */
    private static final int APART = 4096;

    private final TyrusWriter writer;

    /** Set once, before {@code @OnOpen} runs. */
    private volatile @Nullable TyrusSession session;

    /** Frames leave in the order in which their senders came here. */
    private final Object lock = new Object();

    /** A message was sent in pieces; guarded by {@code lock}. */
    private boolean pieces;

    MessageSocket(ProtocolHandler protocol, TyrusEndpointWrapper endpoint, TyrusWriter writer) {
        super(protocol, endpoint);
        this.writer = writer;
    }

    /**
     * Runs {@code @OnOpen}.
     *
     * @return the session, or null when Tyrus has opened none
     */
    @Nullable TyrusSession open(UpgradeRequest request, UpgradeResponse response, DebugContext debug) {
        List<String> extensions = response.getHeaders().get("Sec-WebSocket-Extensions");
        OPENING.set(this);
        try {
            onConnect(
                    request,
                    response.getFirstHeaderValue("Sec-WebSocket-Protocol"),
                    extensions == null ? List.of() : TyrusExtension.fromHeaders(extensions),
                    null,
                    debug);
        } finally {
            OPENING.remove();
        }
        return session;
    }

    /** Tells a socket its session: Tyrus tells it to listeners only, and no listener which socket it is about. */
    static final class Sessions extends TyrusEndpointWrapper.SessionListener {
        @Override
        public OnOpenResult onOpen(TyrusSession opened) {
            MessageSocket socket = OPENING.get();
            if (socket != null) {
                socket.session = opened;
            }
            return OnOpenResult.SESSION_ALLOWED;
        }
    }

    @Override
    public Future<Frame> sendText(String text, WriterInfo info) {
        Awaited sent = new Awaited();
        return whole(Opcode.TEXT, Utf8.encode(text), info, sent)
                ? sent.future
                : locked(() -> super.sendText(text, info));
    }

    @Override
    public void sendText(String text, SendHandler handler, WriterInfo info) {
        if (!whole(Opcode.TEXT, Utf8.encode(text), info, new Told(session, handler))) {
            locked(() -> super.sendText(text, handler, info));
        }
    }

    @Override
    public Future<Frame> sendBinary(byte[] data, WriterInfo info) {
        Awaited sent = new Awaited();
        return whole(Opcode.BINARY, data, info, sent) ? sent.future : locked(() -> super.sendBinary(data, info));
    }

    @Override
    public void sendBinary(byte[] data, SendHandler handler, WriterInfo info) {
        if (!whole(Opcode.BINARY, data, info, new Told(session, handler))) {
            locked(() -> super.sendBinary(data, handler, info));
        }
    }

    /** {@return false if the message must go Tyrus's way, also to be refused there} */
    private boolean whole(Opcode opcode, byte[] payload, WriterInfo info, CompletionHandler<ByteBuffer> sent) {
        if (!isConnected()) {
            return false;
        }
        int header = FrameSerialiser.headerLength(payload.length, false);
        boolean apart = payload.length >= APART && !writer.compresses();
        ByteBuffer frame = ByteBuffer.allocate(apart ? header : header + payload.length);
        FrameSerialiser.writeHeader(frame, true, false, opcode, payload.length);
        if (!apart) {
            frame.put(payload);
        }
        frame.flip();
        Runnable settle;
        synchronized (lock) {
            if (pieces) {
                return false;
            }
            settle = apart
                    ? writer.put(frame, opcode, ByteBuffer.wrap(payload), sent, info)
                    : writer.put(frame, sent, info);
        }
        settle.run();
        return true;
    }

    @Override
    public Future<Frame> sendText(String fragment, boolean last, WriterInfo info) {
        inPieces();
        return locked(() -> super.sendText(fragment, last, info));
    }

    @Override
    public Future<Frame> sendBinary(byte[] bytes, int off, int len, boolean last, WriterInfo info) {
        inPieces();
        return locked(() -> super.sendBinary(bytes, off, len, last, info));
    }

    private void inPieces() {
        synchronized (lock) {
            pieces = true;
        }
    }

    @Override
    public Future<Frame> sendPing(byte[] data) {
        return locked(() -> super.sendPing(data));
    }

    @Override
    public Future<Frame> sendPong(byte[] data) {
        return locked(() -> super.sendPong(data));
    }

    @Override
    public Future<Frame> sendRawFrame(ByteBuffer frame) {
        return locked(() -> super.sendRawFrame(frame));
    }

    @Override
    public void close(int code, @Nullable String reason) {
        locked(() -> super.close(code, reason));
    }

    /** Tyrus calls this also between its Close frame and {@code @OnClose}, which may take long. */
    @Override
    public void onClose(CloseFrame frame) {
        writer.settleNow();
        locked(() -> super.onClose(frame));
    }

    private <T> T locked(Supplier<T> call) {
        return writer.settlingAfter(call);
    }

    private void locked(Runnable call) {
        writer.settlingAfter(() -> {
            call.run();
            return this;
        });
    }

    /** For a sender that waits, or may. */
    private static final class Awaited extends CompletionHandler<ByteBuffer> {
        final CompletableFuture<@Nullable Frame> future = new CompletableFuture<>();

        @Override
        public void completed(ByteBuffer frame) {
            future.complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            future.completeExceptionally(cause);
        }
    }

    /** For a sender that wants to be told. */
    private static final class Told extends CompletionHandler<ByteBuffer> {
        private final @Nullable Session session;
        private final SendHandler handler;

        Told(@Nullable Session session, SendHandler handler) {
            this.session = session;
            this.handler = handler;
        }

        @Override
        public void completed(ByteBuffer frame) {
            handler.onResult(new SendResult(session));
        }

        @Override
        public void failed(Throwable cause) {
            handler.onResult(new SendResult(session, cause));
        }
    }
}
