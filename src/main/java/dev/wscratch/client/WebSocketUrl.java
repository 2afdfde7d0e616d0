package dev.wscratch.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL as the constructor of the WHATWG standard takes it (WebSockets section 3.1, URL section 4.4), without a base: a page
 * has an address of its own to start from, a program has none.
 *
 * @param isSecure {@code wss}, else {@code ws}
 * @param userInfo {@code user:password} percent-encoded, or empty
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535, or 0
 * @param path from / on, percent-encoded
 * @param query from ? on, percent-encoded, or empty
 */
record WebSocketUrl(boolean isSecure, String userInfo, String host, int port, String path, String query) {
    private static final String QUERY = " \"#<>'";
    private static final String PATH = " \"#<>?^`{}";
    private static final String USER_INFO = PATH + "/:;=@[\\]|";
    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    static WebSocketUrl parse(String url) {
        String text = url.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "").replaceAll("[\\t\\n\\r]", "");
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw wrong(url, "a scheme ws, wss, http or https, as in ws://localhost:8080/");
        }
        int fragment = text.indexOf('#');
        if (fragment >= 0) {
            throw wrong(url, "no fragment (everything from # on)");
        }
        boolean secure = scheme.equals("wss") || scheme.equals("https");
        String rest = text.substring(colon + 1).replaceFirst("^[/\\\\]+", "");
        int end = firstOf(rest, "/\\?");
        int at = rest.lastIndexOf('@', Math.max(0, end - 1));
        String userInfo = at < 0 ? "" : userInfo(rest.substring(0, at));
        String place = rest.substring(at + 1, end);
        int portColon = place.indexOf(':', Math.max(0, place.indexOf(']')));
        String host = UrlHost.parse(portColon < 0 ? place : place.substring(0, portColon));
        if (host == null) {
            throw wrong(url, "a host as in ws://localhost:8080/");
        }
        int port = port(portColon < 0 ? "" : place.substring(portColon + 1), secure);
        if (port < 0) {
            throw wrong(url, "a port from 0 to 65535");
        }
        int question = rest.indexOf('?', end);
        String path = rest.substring(end, question < 0 ? rest.length() : question);
        String query = question < 0 ? "" : "?" + encoded(rest.substring(question + 1), QUERY);
        return new WebSocketUrl(secure, userInfo, host, port, path(path), query);
    }

    private static IllegalArgumentException wrong(String url, String expected) {
        return new IllegalArgumentException("url: expected " + expected + ", got \"" + withoutPassword(url) + "\"");
    }

    /** For messages, which end up in logs. */
    private static String withoutPassword(String url) {
        return url.replaceFirst("(?s)^([^/\\\\]*[/\\\\]*)[^/\\\\?#]*@", "$1…@");
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String userInfo(String text) {
        int colon = text.indexOf(':');
        String user = encoded(colon < 0 ? text : text.substring(0, colon), USER_INFO);
        String password = colon < 0 ? "" : encoded(text.substring(colon + 1), USER_INFO);
        return password.isEmpty() ? user : user + ":" + password;
    }

    private static int port(String digits, boolean secure) {
        if (digits.isEmpty()) {
            return secure ? 443 : 80;
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (!significant.matches("[0-9]{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(significant);
        return port > 65_535 ? -1 : port;
    }

    /** Without the segments . and .., also where their dots are written as %2e (URL section 4.4, path state). */
    private static String path(String text) {
        List<String> segments = new ArrayList<>();
        String[] raw = text.isEmpty() ? new String[] {""} : text.substring(1).split("[/\\\\]", -1);
        for (int i = 0; i < raw.length; i++) {
            boolean last = i == raw.length - 1;
            String dots = raw[i].replaceAll("(?i)%2e", ".");
            if (dots.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            if (!dots.equals("..") && !dots.equals(".")) {
                segments.add(encoded(raw[i], PATH));
            } else if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String encoded(String text, String set) {
        StringBuilder out = new StringBuilder();
        for (byte b : Scalars.of(text).getBytes(StandardCharsets.UTF_8)) {
            if (b <= 0x1f || b == 0x7f || set.indexOf(b) >= 0) {
                out.append(String.format("%%%02X", b));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    /**
     * Where a redirect leads.
     *
     * @param location absolute, or a path on the same host
     * @return null if it cannot be read
     */
    @Nullable WebSocketUrl resolve(String location) {
        String text = location.strip();
        try {
            if (text.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
                return parse(withoutFragment(text));
            }
            String here = (isSecure ? "wss:" : "ws:");
            if (text.startsWith("//")) {
                return parse(here + withoutFragment(text));
            }
            String folder = text.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/') + 1);
            return parse(here + "//" + authority() + folder + withoutFragment(text));
        } catch (IllegalArgumentException e) {
            // The caller says what was wrong, with the header.
            return null;
        }
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    /** What the Host header says: no port where it is the scheme's own, RFC 9110 section 7.2. */
    String authority() {
        return port == (isSecure ? 443 : 80) ? host : host + ":" + port;
    }

    /** As {@code location.origin} has it, with this scheme. */
    String origin() {
        return (isSecure ? "wss://" : "ws://") + authority();
    }

    /** The whole URL, with user and password; {@link #withoutSecrets} is for messages. */
    String href() {
        return (isSecure ? "wss://" : "ws://")
                + (userInfo.isEmpty() ? "" : userInfo + "@")
                + authority()
                + path
                + query;
    }

    /** For messages: without user, password and query, where tokens travel. */
    String withoutSecrets() {
        return origin() + path;
    }
}
