package dev.wscratch.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to the handshake, up to its empty line.
 *
 * @param status the HTTP status
 * @param reason its words, maybe empty
 * @param headers the values by name, names without regard to case
 */
record ResponseHead(int status, String reason, Map<String, List<String>> headers) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([0-9]{3})(?: (.*))?");

    /** RFC 6455 section 4.2.2, step 5.4. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /**
     * Reads a head.
     *
     * @throws IllegalArgumentException if it is no HTTP/1.1 response; the message says what it is
     */
    static ResponseHead parse(String head) {
        List<String> lines = head.lines().toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        Matcher statusLine = STATUS_LINE.matcher(first);
        if (!statusLine.matches()) {
            throw new IllegalArgumentException("expected a status line HTTP/1.1 101, got \""
                    + first.substring(0, Math.min(first.length(), 80)) + "\"");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        String reason = statusLine.group(2) == null ? "" : statusLine.group(2);
        return new ResponseHead(Integer.parseInt(statusLine.group(1)), reason, headers);
    }

    /**
     * What is wrong with this answer as a 101, or null: RFC 6455 section 4.1, "client requirements" on the server's
     * handshake, and WHATWG WebSockets section 2 for the subprotocol.
     */
    @Nullable String fault(String key, List<String> offered) {
        if (!token("Upgrade", "websocket")) {
            return "expected the header \"Upgrade: websocket\", got " + shown("Upgrade");
        }
        if (!token("Connection", "upgrade")) {
            return "expected the header \"Connection: Upgrade\", got " + shown("Connection");
        }
        String accept = accept(key);
        if (!accept.equals(first("Sec-WebSocket-Accept"))) {
            return "wrong accept key: expected \"Sec-WebSocket-Accept: " + accept + "\", got "
                    + shown("Sec-WebSocket-Accept") + "; the server is no WebSocket server, or a cache answered";
        }
        if (first("Sec-WebSocket-Extensions") != null) {
            return "expected no extension, since none was offered, got " + shown("Sec-WebSocket-Extensions");
        }
        String chosen = first("Sec-WebSocket-Protocol");
        if (chosen == null ? !offered.isEmpty() : !offered.contains(chosen)) {
            return "expected " + (offered.isEmpty() ? "no subprotocol" : "a subprotocol of " + offered) + ", got "
                    + shown("Sec-WebSocket-Protocol");
        }
        return null;
    }

    @Nullable String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : String.join(", ", values);
    }

    private boolean token(String name, String wanted) {
        String value = first(name);
        return value != null
                && Arrays.stream(value.split(",", -1))
                        .anyMatch(
                                token -> token.strip().toLowerCase(Locale.ROOT).equals(wanted));
    }

    private String shown(String name) {
        String value = first(name);
        return value == null ? "none" : "\"" + value + "\"";
    }

    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
