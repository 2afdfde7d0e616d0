package dev.wscratch.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 */
final class TyrusWriter extends Writer {
    private final WebSocketConnection connection;

    TyrusWriter(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
        connection.send(frame, sent(frame, handler), !SelectorThread.isCurrent());
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler, @Nullable WriterInfo info) {
        if (info != null && info.getMessageType() == WriterInfo.MessageType.CLOSE) {
            connection.sendClose(frame, sent(frame, handler));
        } else if (SelectorThread.isCurrent() && !isAsync(info)) {
            Queued queued = new Queued();
            connection.send(frame, queued, false);
            queued.report(frame, handler);
        } else {
            write(frame, handler);
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
