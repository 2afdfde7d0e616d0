package dev.wscratch.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where to connect to and what to offer, checked as the constructor of the WHATWG standard, section 3.1, checks it.
 *
 * @param url where to
 * @param protocols the subprotocols in order of preference
 */
record Address(WebSocketUrl url, List<String> protocols) {
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
        return new Address(WebSocketUrl.parse(url), List.copyOf(protocols));
    }

    /** Scheme, host and port alone: a path may hold what {@link URI} refuses, and nobody but the server needs it. */
    URI uri() {
        return URI.create(url.origin() + "/");
    }

    boolean isSecure() {
        return url.isSecure();
    }

    int port() {
        return url.port();
    }

    String authority() {
        return url.authority();
    }

    /** The request target of the handshake. */
    String target() {
        return url.path() + url.query();
    }

    /** The same place, for the same user. */
    Address withUserInfoOf(Address other) {
        return new Address(
                new WebSocketUrl(url.isSecure(), other.url.userInfo(), url.host(), url.port(), url.path(), url.query()),
                protocols);
    }

    /** User and password of the URL, decoded; empty if it has none. */
    String credentials() {
        String encoded = url.userInfo();
        if (encoded.isEmpty()) {
            return "";
        }
        // A plus is no blank here.
        String decoded = java.net.URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        return encoded.contains(":") ? decoded : decoded + ":";
    }
}
