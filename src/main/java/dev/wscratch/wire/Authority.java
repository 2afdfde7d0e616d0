package dev.wscratch.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and perhaps a port, as they stand in Host and in an origin (RFC 3986 section 3.2, without user information).
 *
 * @param host in small letters; an IPv6 address in its brackets
 * @param port 0 to 65535, or -1 if none was given
 */
record Authority(String host, int port) {
    /** Reads {@code host[:port]}; null if it is not that. */
    static @Nullable Authority parse(String text) {
        int end = hostEnd(text);
        if (end <= 0) {
            return null;
        }
        String host = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (end == text.length()) {
            return new Authority(host, -1);
        }
        int digits = text.length() - end - 1;
        if (text.charAt(end) != ':' || digits > 5) {
            return null;
        }
        int port = 0;
        for (int i = end + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            port = port * 10 + (c - '0');
        }
        if (port > 65535) {
            return null;
        }
        return new Authority(host, digits == 0 ? -1 : port); // RFC 3986 6.2.3: "host:" means "host"
    }

    /** Where the host ends: at the colon, after the bracket; 0 or less if there is none. */
    private static int hostEnd(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            for (int i = 1; i < close; i++) {
                char c = text.charAt(i);
                if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                    return 0;
                }
            }
            return close < 3 ? 0 : close + 1;
        }
        int i = 0;
        while (i < text.length() && HttpSyntax.isHostChar(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The port, or the scheme's own if none was given. */
    int portOr(int schemesOwn) {
        return port < 0 ? schemesOwn : port;
    }

    /** {@code localhost} and what ends in it (RFC 6761 section 6.3), 127.0.0.0/8, and {@code [::1]}. */
    boolean isLoopback() {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]") || isLoopbackIpv4();
    }

    private boolean isLoopbackIpv4() {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false; // 127.evil.example.org and the like are names, not addresses
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
