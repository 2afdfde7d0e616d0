package dev.wscratch.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Every TCP connection from accept to its end, counted in all and by address, upgraded or not.
 *
 * <p>A place is taken before the connection counts and given back exactly once when it ends, so that the counts are the
 * live connections at any time. Safe for use by many threads.
 */
final class Connections {
    private final Limits limits;
    private final Set<InboundConnection> live = ConcurrentHashMap.newKeySet();
    private final AtomicInteger total = new AtomicInteger();

    /** Connections by remote address; an address without any has no entry. */
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    Connections(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes a place for a new connection.
     *
     * @return null when it may stay, or why not
     */
    @Nullable String admit(InboundConnection connection) {
        if (total.incrementAndGet() > limits.maxConnections()) {
            total.decrementAndGet();
            return "the server has its " + limits.maxConnections() + " connections";
        }
        InetAddress address = connection.remoteAddress();
        if (isCounted(address) && byAddress.merge(address, 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
            release(address);
            total.decrementAndGet();
            return "your address has its " + limits.maxConnectionsPerAddress() + " connections";
        }
        live.add(connection);
        return null;
    }

    /** Gives the place back; once for each admitted connection, whoever calls. */
    void left(InboundConnection connection) {
        if (live.remove(connection)) {
            if (isCounted(connection.remoteAddress())) {
                release(connection.remoteAddress());
            }
            total.decrementAndGet();
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until no connection is a WebSocket any more, but not longer than {@code atMost}. */
    synchronized void awaitNoneUpgraded(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (live.stream().anyMatch(InboundConnection::isUpgraded)) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    private static boolean isCounted(InetAddress address) {
        return !address.isLoopbackAddress();
    }

    private void release(InetAddress address) {
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** {@return the live connections; changes while it is looked at} */
    Collection<InboundConnection> live() {
        return live;
    }

    int total() {
        return total.get();
    }

    /** {@return connections from one address that count against its limit} */
    int from(InetAddress address) {
        return byAddress.getOrDefault(address, 0);
    }
}
