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
    private final TrustedProxies proxies;
    private final Set<InboundConnection> live = ConcurrentHashMap.newKeySet();
    private final AtomicInteger total = new AtomicInteger();

    /** Connections by remote {@link ClientNetwork#network}; one without any has no entry. */
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    Connections(Limits limits, TrustedProxies proxies) {
        this.limits = limits;
        this.proxies = proxies;
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
        String full = proxies.contains(connection.remoteAddress()) ? null : count(connection.remoteAddress());
        if (full != null) {
            total.decrementAndGet();
            return full;
        }
        live.add(connection);
        return null;
    }

    /**
     * Takes a place for the client behind a trusted proxy, whose own address does not count.
     *
     * @return null when it may stay, or why not
     */
    @Nullable String admitClient(InboundConnection connection) {
        if (connection.clientAddress().equals(connection.remoteAddress())) {
            return null;
        }
        String full = count(connection.clientAddress());
        if (full == null && !connection.countFor(connection.clientAddress())) {
            release(connection.clientAddress());
        }
        return full;
    }

    /** Gives the places back; once for each admitted connection, whoever calls. */
    void left(InboundConnection connection) {
        if (!live.remove(connection)) {
            return;
        }
        if (!proxies.contains(connection.remoteAddress())) {
            release(connection.remoteAddress());
        }
        InetAddress client = connection.stopCounting();
        if (client != null) {
            release(client);
        }
        total.decrementAndGet();
        synchronized (this) {
            notifyAll();
        }
    }

    private @Nullable String count(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return null;
        }
        if (byAddress.merge(ClientNetwork.network(address), 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
            release(address);
            return "your address has its " + limits.maxConnectionsPerAddress() + " connections";
        }
        return null;
    }

    private void release(InetAddress address) {
        byAddress.computeIfPresent(ClientNetwork.network(address), (key, count) -> count == 1 ? null : count - 1);
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

    /** {@return the live connections; changes while it is looked at} */
    Collection<InboundConnection> live() {
        return live;
    }

    int total() {
        return total.get();
    }

    /** {@return bytes that wait in all send queues} */
    long queuedBytes() {
        return live.stream().mapToLong(InboundConnection::queuedBytes).sum();
    }

    /** {@return connections from one address (and its network) that count against its limit} */
    int from(InetAddress address) {
        return byAddress.getOrDefault(ClientNetwork.network(address), 0);
    }
}
