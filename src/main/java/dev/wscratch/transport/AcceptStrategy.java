package dev.wscratch.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * Everything on the selector thread, plain connections read without Grizzly's chain, and an accept loop that survives its
 * failures.
 *
 * <p>When a process has no file descriptor left, accept fails while the listener stays ready, and Grizzly by itself would
 * try again at once and for ever, with all of a processor and without a word. Here a listener whose accept failed rests
 * until the next sweep; what wants to connect waits in the kernel's backlog.
 */
@SuppressWarnings("rawtypes") // The parameters of the interface are.
final class AcceptStrategy implements IOStrategy {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final long SECOND = 1_000_000_000L;

    private final IOStrategy sameThread = SameThreadIOStrategy.getInstance();

    /** Listeners that do not accept until the next {@link #resume}. */
    private final Queue<TCPNIOServerConnection> resting = new ConcurrentLinkedQueue<>();

    /** When a failure was last logged, by {@link System#nanoTime}. */
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - SECOND);

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
        return executeIoEvent(connection, event, true);
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean isEnabled) throws IOException {
        if (event == IOEvent.READ && InboundFilter.readPlain(connection)) {
            return true;
        }
        if (event != IOEvent.SERVER_ACCEPT || !(connection instanceof TCPNIOServerConnection listener)) {
            return sameThread.executeIoEvent(connection, event, isEnabled);
        }
        try {
            listener.onAccept();
        } catch (IOException e) {
            rest(listener, e);
        }
        return true;
    }

    private void rest(TCPNIOServerConnection listener, IOException cause) throws IOException {
        if (!listener.isOpen()) {
            return;
        }
        long now = System.nanoTime();
        long last = loggedAt.get();
        if (now - last >= SECOND && loggedAt.compareAndSet(last, now)) {
            LOG.log(Level.WARNING, "cannot accept connections: " + cause.getMessage() + "; trying again soon");
        }
        listener.disableIOEvent(IOEvent.SERVER_ACCEPT);
        resting.add(listener);
    }

    /** Lets the listeners that rest try again. */
    void resume() {
        // Each once, though one that fails again at once is added again.
        for (int left = resting.size(); left > 0; left--) {
            TCPNIOServerConnection listener = resting.poll();
            try {
                if (listener != null && listener.isOpen()) {
                    listener.enableIOEvent(IOEvent.SERVER_ACCEPT);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "the listener cannot go on", e);
            }
        }
    }

    @Override
    public @Nullable Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return sameThread.getThreadPoolFor(connection, event);
    }

    @Override
    public @Nullable ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
        return sameThread.createDefaultWorkerPoolConfig(transport);
    }
}
