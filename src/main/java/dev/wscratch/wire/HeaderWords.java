package dev.wscratch.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The sentences about the headers of a handshake.
 *
 * @param sentence what a header of this name says
 * @param section where that is laid down
 */
record HeaderWords(String sentence, String section) {
    /** The beginning of the names that RFC 6455 section 11.3 keeps for itself. */
    static final String OURS = "sec-websocket-";

    static final HeaderWords OTHER_OF_OURS =
            new HeaderWords("A name kept for WebSocket that no standard has used yet.", "RFC 6455 11.3");

    static final HeaderWords OTHER = new HeaderWords("A header that WebSocket gives no meaning to.", "RFC 9110 5");

    private static final Map<String, HeaderWords> KNOWN = table();

    static HeaderWords of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.getOrDefault(lower, lower.startsWith(OURS) ? OTHER_OF_OURS : OTHER);
    }

    /** By name in small letters. */
    static Map<String, HeaderWords> known() {
        return KNOWN;
    }

    private static Map<String, HeaderWords> table() {
        Map<String, HeaderWords> table = new LinkedHashMap<>();
        ofWebSocket(table);
        ofHttp(table);
        return Collections.unmodifiableMap(table);
    }

    private static void ofWebSocket(Map<String, HeaderWords> table) {
        table.put(
                "sec-websocket-key",
                new HeaderWords(
                        "16 random bytes in base64: the server proves with its answer that it read this very request.",
                        "RFC 6455 11.3.1"));
        table.put(
                "sec-websocket-accept",
                new HeaderWords(
                        "The proof: the key and a fixed text, hashed with SHA-1, in base64.", "RFC 6455 11.3.3"));
        table.put(
                "sec-websocket-version",
                new HeaderWords(
                        "The version of the protocol; 13 is the one that became the standard.", "RFC 6455 11.3.5"));
        table.put(
                "sec-websocket-protocol",
                new HeaderWords(
                        "Subprotocols: the client lists what its messages may mean, the server chooses one.",
                        "RFC 6455 11.3.4"));
        table.put(
                "sec-websocket-extensions",
                new HeaderWords(
                        "Extensions such as compression: the client offers, the server takes what it wants.",
                        "RFC 6455 11.3.2"));
    }

    private static void ofHttp(Map<String, HeaderWords> table) {
        table.put(
                "host",
                new HeaderWords(
                        "The name by which the client calls the server; one address may have many.", "RFC 9110 7.2"));
        table.put(
                "upgrade",
                new HeaderWords(
                        "Asks (or agrees) to speak WebSocket instead of HTTP on this connection.", "RFC 6455 4.1"));
        table.put(
                "connection",
                new HeaderWords(
                        "Options for this very connection, not to be passed on: Upgrade, close, keep-alive.",
                        "RFC 9110 7.6.1"));
        table.put(
                "origin",
                new HeaderWords(
                        "The site (scheme, host, port) whose page wants to connect; the browser adds it, and no page can"
                                + " forge it.",
                        "RFC 6455 10.2"));
        table.put("cookie", new HeaderWords("What the server asked the browser to remember.", "RFC 6265 4.2"));
        table.put("set-cookie", new HeaderWords("What the browser is asked to remember.", "RFC 6265 4.1"));
        table.put("authorization", new HeaderWords("Says who the client is.", "RFC 9110 11.6.2"));
        table.put("user-agent", new HeaderWords("The program that asks, as it describes itself.", "RFC 9110 10.1.5"));
        table.put(
                "accept-encoding",
                new HeaderWords(
                        "Compressions for HTTP answers; WebSocket has its own, by extension.", "RFC 9110 12.5.3"));
        table.put("accept-language", new HeaderWords("Languages that the user reads.", "RFC 9110 12.5.4"));
        table.put("cache-control", new HeaderWords("Tells caches on the way to keep out of this.", "RFC 9111 5.2"));
        table.put("pragma", new HeaderWords("Tells caches on the way to keep out of this.", "RFC 9111 5.2"));
        table.put("location", new HeaderWords("Where to ask instead.", "RFC 9110 10.2.2"));
        table.put("retry-after", new HeaderWords("How long to wait before asking again.", "RFC 9110 10.2.3"));
        table.put("date", new HeaderWords("When the answer was made.", "RFC 9110 6.6.1"));
        table.put("content-length", new HeaderWords("How many bytes of body follow the head.", "RFC 9110 8.6"));
        table.put("content-type", new HeaderWords("What kind of body follows the head.", "RFC 9110 8.3"));
    }
}
