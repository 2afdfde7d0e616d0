package dev.wscratch.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** The TCP connection that Grizzly has accepted. */
final class GrizzlyTcp implements Tcp {
    private final NIOConnection connection;

    /** Null without TLS. */
    private final @Nullable TlsFilter tls;

    /** Whether reading is to be paused; {@link #applyReading} makes it so, on the selector thread. */
    private volatile boolean paused;

    /** Why this side resets the connection, by the first that wanted it; null while nobody does. Set by any thread. */
    private volatile @Nullable String aborted;

    /** Null while nobody watches. */
    private volatile @Nullable ConnectionTap tap;

    GrizzlyTcp(NIOConnection connection, @Nullable TlsFilter tls) {
        this.connection = connection;
        this.tls = tls;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) connection.getPeerAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) connection.getLocalAddress();
    }

    @Override
    public void watchedBy(ConnectionTap watcher) {
        tap = watcher;
    }

    @Override
    public void write(List<ByteBuffer> parts, Outbox.Progress progress) {
        ByteBuffer rest;
        try {
            ConnectionTap watcher = tap;
            if (watcher != null) {
                parts.forEach(part -> watcher.sent(part.asReadOnlyBuffer()));
            }
            List<ByteBuffer> left =
                    tls == null ? PlainWrite.now((SocketChannel) connection.getChannel(), parts) : parts;
            rest = PlainWrite.joined(left);
        } catch (IOException | RuntimeException | Error e) {
            // Also want of memory, and a tap that throws: whoever waits for this write must be told.
            progress.failed(e);
            return;
        }
        if (!rest.hasRemaining()) {
            progress.completed();
            return;
        }
        // The rest, when the socket is ready again. Over TLS all of it.
        Completion completion = new Completion(progress, new AfterReturn());
        try {
            connection.write(Buffers.wrap(connection.getMemoryManager(), rest), completion);
        } finally {
            completion.afterReturn.returned();
        }
    }

    @Override
    public void broken(Throwable cause) {
        connection.terminateWithReason(cause instanceof IOException io ? io : new IOException(cause));
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.sayGoodbye(connection, () -> {});
        }
        cut();
    }

    @Override
    public void cut() {
        connection.closeSilently();
    }

    @Override
    public void abort(String why) {
        if (aborted == null) {
            aborted = why;
        }
        try {
            ((SocketChannel) connection.getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyClosed) {
            // Then there is nothing left to reset.
        }
        connection.terminateSilently();
    }

    @Override
    public boolean isSecure() {
        return tls != null;
    }

    @Override
    public void shutdownOutput() {
        if (tls == null) {
            sendFin();
        } else {
            tls.sayGoodbye(connection, this::sendFin);
        }
    }

    private void sendFin() {
        try {
            ((SocketChannel) connection.getChannel()).shutdownOutput();
        } catch (IOException e) {
            broken(e);
        }
    }

    @Override
    public void pauseReading(boolean pause) {
        paused = pause;
        // Always on the selector thread and always by the latest wish, so that two changes of mind cannot overtake
        // each other.
        onSelectorThread(this::applyReading);
    }

    private void applyReading() {
        try {
            if (paused) {
                connection.disableIOEvent(IOEvent.READ);
            } else {
                connection.enableIOEvent(IOEvent.READ);
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Grizzly's word for progress, passed on with none of its locks held. */
    private record Completion(Outbox.Progress progress, AfterReturn afterReturn)
            implements CompletionHandler<WriteResult<Buffer, SocketAddress>> {
        @Override
        public void updated(WriteResult<Buffer, SocketAddress> result) {
            progress.advanced();
        }

        @Override
        public void completed(WriteResult<Buffer, SocketAddress> result) {
            afterReturn.run(progress::completed);
        }

        @Override
        public void cancelled() {
            failed(new IOException("write cancelled"));
        }

        @Override
        public void failed(Throwable cause) {
            afterReturn.run(() -> progress.failed(cause));
        }
    }

    @Override
    public TcpEnd endedBy() {
        String why = aborted;
        org.glassfish.grizzly.CloseReason reason = connection.getCloseReason();
        if (reason == null || isPlain(reason)) {
            return why == null ? TcpEnd.byServer("") : TcpEnd.resetByServer(why);
        }
        return TcpEnd.by(reason.getCause(), isSecure());
    }

    /** Grizzly's own "Locally closed" says nothing that is not known. */
    private static boolean isPlain(org.glassfish.grizzly.CloseReason reason) {
        return reason.getType() == CloseType.LOCALLY
                && reason.getCause() == org.glassfish.grizzly.CloseReason.LOCALLY_CLOSED_REASON.getCause();
    }

    @Override
    public void onSelectorThread(Runnable task) {
        connection.executeInEventThread(IOEvent.READ, task);
    }
}
