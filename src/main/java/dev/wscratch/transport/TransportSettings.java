package dev.wscratch.transport;

/**
 * Where to listen and within which bounds.
 *
 * @param host name or address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param limits how much a peer may take
 * @param deadlines how long a peer may take
 */
public record TransportSettings(String host, int port, Limits limits, Deadlines deadlines) {
    /** Checks host and port. */
    public TransportSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: expected a name or an address such as 127.0.0.1, got nothing");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: expected 0 to 65535 (0 takes a free one), got " + port);
        }
    }
}
