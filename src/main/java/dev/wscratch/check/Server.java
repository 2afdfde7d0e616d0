package dev.wscratch.check;

import dev.wscratch.wire.HeaderField;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the server under check is.
 *
 * @param host a name or an address; an IPv6 one in brackets
 * @param port 1 to 65535
 * @param secure over TLS
 * @param resource path and query
 * @param headers more lines of each handshake; reports do not have them: they may be secrets
 * @param subprotocols offered in each handshake, best first; not in reports either
 */
public record Server(
        String host, int port, boolean secure, String resource, List<HeaderField> headers, List<String> subprotocols) {
    public Server {
        headers = List.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /**
     * Reads a URL of scheme ws, wss, http or https.
     *
     * @throws IllegalArgumentException that says what was expected
     */
    public static Server parse(String url) {
        URI uri;
        try {
            uri = new URI(new URI(url).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url: expected a URL such as ws://localhost:8080/echo", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals("wss") || scheme.equals("https");
        if (!secure && !scheme.equals("ws") && !scheme.equals("http")) {
            throw new IllegalArgumentException("url: expected a scheme ws, wss, http or https");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("url: expected no user and no password");
        }
        if (host == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("url: expected a host, and a port from 1 to 65535 if any");
        }
        int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
        return new Server(host, port, secure, resource(uri.getRawPath(), uri.getRawQuery()), List.of(), List.of());
    }

    /** {@return the same place, with this in each handshake} */
    public Server with(List<HeaderField> fields, List<String> offered) {
        return new Server(host, port, secure, resource, fields, offered);
    }

    private static String resource(@Nullable String path, @Nullable String query) {
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** {@return what the header Host says: the port is left out where the scheme implies it} */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** {@return the host as a socket takes it} */
    String address() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return the URL in its usual form} */
    @Override
    public String toString() {
        return (secure ? "wss://" : "ws://") + authority() + resource;
    }
}
