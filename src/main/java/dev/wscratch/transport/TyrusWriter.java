package dev.wscratch.transport;

import dev.wscratch.wire.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.jspecify.annotations.Nullable;

/**
 * What Tyrus writes to: each call is one whole frame.
 *
 * <p>When a send completes depends on who sends. A thread of the endpoint's own waits in Tyrus until the frame was handed
 * to the operating system, or failed. On a selector thread nobody may wait, or four peers that do not read would stop the
 * server: there a synchronous send completes when it is queued, and the connection stops reading while its queue is long.
 * An asynchronous send always completes truthfully.
 *
 * <p>Whoever is told of a completed send may be the application, so nobody is told while a lock is held: a frame is queued
 * under the locks that keep frames in order, and settled after them.
 */
final class TyrusWriter extends Writer {
    /** The innermost call of Tyrus's that this thread is in. */
    private static final ThreadLocal<@Nullable LockedCall> CALL = new ThreadLocal<>();

    private final WebSocketConnection connection;

    TyrusWriter(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
        write(frame, handler, null);
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler, @Nullable WriterInfo info) {
        Runnable settle = put(frame, handler, info);
        LockedCall call = CALL.get();
        if (call != null && call.writer == this) {
            call.written.add(settle);
        } else {
            settle.run();
        }
    }

    /**
     * Queues a frame, and tells nobody.
     *
     * @return to be run once, when the caller holds no lock any more: writes the frame and lets sends complete
     */
    Runnable put(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler, @Nullable WriterInfo info) {
        if (info != null && info.getMessageType() == WriterInfo.MessageType.CLOSE) {
            Outbox.Added close = connection.putClose(frame, sent(frame, handler));
            return close == null ? () -> {} : () -> connection.settle(close, true);
        }
        return put(sent -> connection.put(frame, sent), frame, handler, info);
    }

    /** As above, for a whole message whose header is not joined to its payload; only if nothing {@link #compresses}. */
    Runnable put(
            ByteBuffer header,
            Opcode opcode,
            ByteBuffer payload,
            @Nullable CompletionHandler<ByteBuffer> handler,
            @Nullable WriterInfo info) {
        return put(sent -> connection.put(header, opcode, payload, sent), payload, handler, info);
    }

    private Runnable put(
            Function<Outbox.@Nullable Sent, Outbox.Added> queue,
            ByteBuffer frame,
            @Nullable CompletionHandler<ByteBuffer> handler,
            @Nullable WriterInfo info) {
        boolean onSelector = SelectorThread.isCurrent();
        if (onSelector && info != null && !isAsync(info)) {
            Queued queued = new Queued();
            Outbox.Added added = queue.apply(queued);
            return () -> {
                connection.settle(added, false);
                queued.report(frame, handler);
            };
        }
        Outbox.Added added = queue.apply(sent(frame, handler));
        return () -> connection.settle(added, !onSelector);
    }

    /** {@return whether frames are compressed on their way} */
    boolean compresses() {
        return connection.compresses();
    }

    /** Runs a call that writes here while Tyrus holds a lock; what it has written is settled when it returns. */
    <T> T settlingAfter(Supplier<T> locked) {
        LockedCall outer = CALL.get();
        LockedCall call = new LockedCall(this, new ArrayList<>(1));
        CALL.set(call);
        try {
            return locked.get();
        } finally {
            CALL.set(outer);
            call.settle();
        }
    }

    /** For a call as above that goes on without its lock: settles what it has written so far. */
    void settleNow() {
        LockedCall call = CALL.get();
        if (call != null && call.writer == this) {
            call.settle();
        }
    }

    /** What one call has written; belongs to its thread. */
    private record LockedCall(TyrusWriter writer, List<Runnable> written) {
        void settle() {
            List<Runnable> settles = List.copyOf(written);
            written.clear();
            settles.forEach(Runnable::run);
        }
    }

    /** Tyrus sent its last frame on this connection. */
    @Override
    public void close() {
        connection.finishSending();
    }

    private static boolean isAsync(@Nullable WriterInfo info) {
        return info != null && info.getRemoteEndpointType() == WriterInfo.RemoteEndpointType.ASYNC;
    }

    private static Outbox.@Nullable Sent sent(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
        return handler == null
                ? null
                : new Outbox.Sent() {
                    @Override
                    public void written() {
                        handler.completed(frame);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        handler.failed(cause);
                    }
                };
    }

    /** Notes a refusal that happens while the frame is being queued; what happens later ends the connection anyway. */
    private static final class Queued implements Outbox.Sent {
        /** Written on the sending thread before {@link #report}; later writes are of no interest. */
        private @Nullable Throwable refused;

        private boolean reported;

        @Override
        public void written() {}

        @Override
        public void failed(Throwable cause) {
            if (!reported) {
                refused = cause;
            }
        }

        void report(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
            reported = true;
            if (handler == null) {
                return;
            }
            if (refused == null) {
                handler.completed(frame);
            } else {
                handler.failed(new IOException(refused.getMessage(), refused));
            }
        }
    }
}
