package dev.wscratch.server;

import java.net.URI;

/**
 * Where a server on this machine is reached.
 *
 * @param host as it listens
 */
record ServerAddress(String host) {
    /** {@return a URI with a path, which begins with a slash} */
    URI uri(String scheme, int port, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: expected one that begins with /, got \"" + path + "\"");
        }
        return URI.create(scheme + "://" + authority(port) + path);
    }

    /** {@return the host to connect to: a wildcard is reached by loopback} */
    String reachable() {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }

    /** An IPv6 address stands in brackets (RFC 3986 section 3.2.2). */
    private String authority(int port) {
        String reachable = reachable();
        return (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
    }
}
