package dev.wscratch.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An HTTP proxy that is asked for a tunnel, as RFC 6455 section 4.1 wants it for {@code ws} too.
 *
 * @param host a name or address
 * @param port 1 to 65535
 * @param authorization the value of Proxy-Authorization, or empty
 */
record Proxy(String host, int port, String authorization) {
    static Proxy of(URI uri) {
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            String shown = uri.getHost() == null ? "no host" : uri.getScheme() + "://" + uri.getHost();
            throw new IllegalArgumentException("proxy: expected http://host:port, got " + shown + ", port "
                    + (uri.getPort() < 0 ? "none" : uri.getPort()));
        }
        String user = uri.getUserInfo();
        return new Proxy(uri.getHost(), uri.getPort(), user == null ? "" : basic(user));
    }

    /** {@return credentials for the scheme Basic, RFC 7617} */
    static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** The request for a tunnel, RFC 9110 section 9.3.6. */
    String request(Address address) {
        String target = address.uri().getHost() + ":" + address.port();
        String credentials = authorization.isEmpty() ? "" : "Proxy-Authorization: " + authorization + "\r\n";
        return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + credentials + "\r\n";
    }
}
