package dev.wscratch.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where to connect to and what to offer, checked as the constructor of the WHATWG standard, section 3.1, checks it.
 *
 * @param uri scheme {@code ws} or {@code wss}, a host, a path, no fragment
 * @param protocols the subprotocols in order of preference
 */
record Address(URI uri, List<String> protocols) {
    /** A token of RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

    static Address of(String url, List<String> protocols) {
        Set<String> seen = new HashSet<>();
        for (String protocol : protocols) {
            if (!TOKEN.matcher(protocol).matches()) {
                throw new IllegalArgumentException(
                        "subprotocol: expected an HTTP token (letters, digits, !#$%&'*+-.^_`|~), got \"" + protocol
                                + "\"");
            }
            if (!seen.add(protocol)) {
                throw new IllegalArgumentException(
                        "subprotocols: expected each one once, got \"" + protocol + "\" twice");
            }
        }
        return new Address(uri(url), List.copyOf(protocols));
    }

    private static URI uri(String url) {
        URI given;
        try {
            given = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url: expected ws://host:port/path, got \"" + url + "\"", e);
        }
        String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
        String secure = scheme.equals("wss") || scheme.equals("https") ? "wss" : "ws";
        if (!Set.of("ws", "wss", "http", "https").contains(scheme)) {
            throw new IllegalArgumentException("url: expected a scheme ws, wss, http or https, got \"" + url + "\"");
        }
        if (given.getHost() == null) {
            throw new IllegalArgumentException("url: expected a host as in ws://localhost:8080/, got \"" + url + "\"");
        }
        if (given.getRawFragment() != null) {
            throw new IllegalArgumentException("url: expected no fragment, got \"#" + given.getRawFragment() + "\"");
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        String path = given.getRawPath().isEmpty() ? "/" : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return URI.create(secure + "://" + given.getHost() + port + path + query);
    }

    boolean isSecure() {
        return "wss".equals(uri.getScheme());
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    /** What the Host header says: no port where it is the scheme's own, RFC 9110 section 7.2. */
    String authority() {
        boolean usual = port() == (isSecure() ? 443 : 80);
        return usual ? uri.getHost() : uri.getHost() + ":" + port();
    }

    /** The request target of the handshake. */
    String target() {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
