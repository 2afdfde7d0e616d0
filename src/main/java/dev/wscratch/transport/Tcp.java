package dev.wscratch.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** One TCP connection of Grizzly's, with the few verbs that a WebSocket needs. Safe for use by many threads. */
final class Tcp implements Outbox.Channel {
    private final NIOConnection connection;
    private final boolean secure;

    /** Whether reading is to be paused; {@link #applyReading} makes it so, on the selector thread. */
    private volatile boolean paused;

    Tcp(NIOConnection connection, boolean secure) {
        this.connection = connection;
        this.secure = secure;
    }

    /** Null while nobody watches. */
    private volatile @Nullable ConnectionTap tap;

    void watchedBy(ConnectionTap watcher) {
        tap = watcher;
    }

    @Override
    public void write(ByteBuffer bytes, Outbox.Progress progress) {
        ConnectionTap watcher = tap;
        if (watcher != null) {
            watcher.sent(bytes.asReadOnlyBuffer());
        }
        connection.write(Buffers.wrap(connection.getMemoryManager(), bytes), new Completion(progress));
    }

    @Override
    public void broken(Throwable cause) {
        connection.terminateWithReason(cause instanceof IOException io ? io : new IOException(cause));
    }

    /** Closes after what was written: the peer reads everything, then the end. */
    void close() {
        connection.closeSilently();
    }

    /** Ends now, with a reset: what the peer has not taken is dropped, and no kernel buffer lives on. */
    void abort() {
        try {
            ((SocketChannel) connection.getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyClosed) {
            // Then there is nothing left to reset.
        }
        connection.terminateSilently();
    }

    /**
     * Says that nothing more will be written; reading goes on. Not over TLS, where it would look like an attack: there the
     * peer learns it from what was written last.
     */
    void shutdownOutput() {
        if (secure) {
            return;
        }
        try {
            ((SocketChannel) connection.getChannel()).shutdownOutput();
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Stops or resumes reading, soon. */
    void pauseReading(boolean pause) {
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

    /** Grizzly's word for progress. */
    private record Completion(Outbox.Progress progress)
            implements CompletionHandler<WriteResult<Buffer, SocketAddress>> {
        @Override
        public void updated(WriteResult<Buffer, SocketAddress> result) {
            progress.advanced();
        }

        @Override
        public void completed(WriteResult<Buffer, SocketAddress> result) {
            progress.completed();
        }

        @Override
        public void cancelled() {
            progress.failed(new IOException("write cancelled"));
        }

        @Override
        public void failed(Throwable cause) {
            progress.failed(cause);
        }
    }

    /** {@return who ended the connection and why, for a person; meaningful once it has ended} */
    String endedBy() {
        org.glassfish.grizzly.CloseReason reason = connection.getCloseReason();
        if (reason == null) {
            return "open";
        }
        String who = reason.getType() == CloseType.REMOTELY ? "the peer ended TCP" : "the server ended TCP";
        Throwable cause = reason.getCause();
        return cause == null || cause.getMessage() == null ? who : who + ": " + cause.getMessage();
    }

    /** Runs a task on the thread that reads this connection, after what it does now. */
    void onSelectorThread(Runnable task) {
        connection.executeInEventThread(IOEvent.READ, task);
    }
}
