package dev.wscratch.transport;

import dev.wscratch.wire.OriginPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen and within which bounds.
 *
 * @param host name or address to listen on
 * @param port of plain connections: 0 to 65535; 0 takes a free one; -1 for none, which needs {@code tls}
 * @param tls a port for TLS connections, besides or alone; null for none
 * @param limits how much a peer may take
 * @param deadlines how long a peer may take
 * @param origins which pages may connect, and by which names a server on loopback may be called
 * @param proxies whose word about a client's address is believed
 * @param workers threads that run callbacks, for endpoints that block; 0 when they do not, so that selector threads do
 */
public record TransportSettings(
        String host,
        int port,
        @Nullable TlsSettings tls,
        Limits limits,
        Deadlines deadlines,
        OriginPolicy origins,
        TrustedProxies proxies,
        int workers) {
    /** Checks host, port and workers. */
    public TransportSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: expected a name or an address such as 127.0.0.1, got nothing");
        }
        if (port < -1 || port > 65535) {
            throw new IllegalArgumentException("port: expected 0 to 65535 (0 takes a free one), got " + port);
        }
        if (port == -1 && tls == null) {
            throw new IllegalArgumentException("port: expected a port for plain connections or for TLS, got neither");
        }
        if (workers < 0 || workers > 10_000) {
            throw new IllegalArgumentException("workers: expected 0 to 10000 threads, got " + workers);
        }
    }
}
