package dev.wscratch.wire;

import java.util.Locale;

/**
 * The sentences about the pieces of a handshake.
 *
 * @param sentence what a header of this name says
 * @param section where that is laid down
 */
record HeaderWords(String sentence, String section) {
    static HeaderWords of(String name) {
        String known = name.toLowerCase(Locale.ROOT);
        return known.startsWith("sec-websocket-") ? ofWebSocket(known) : ofHttp(known);
    }

    private static HeaderWords ofWebSocket(String name) {
        return switch (name) {
            case "sec-websocket-key" ->
                new HeaderWords(
                        "16 random bytes in base64: the server proves with its answer that it read this very request.",
                        "RFC 6455 11.3.1");
            case "sec-websocket-accept" ->
                new HeaderWords(
                        "The proof: the key and a fixed text, hashed with SHA-1, in base64.", "RFC 6455 11.3.3");
            case "sec-websocket-version" ->
                new HeaderWords(
                        "The version of the protocol; 13 is the one that became the standard.", "RFC 6455 11.3.5");
            case "sec-websocket-protocol" ->
                new HeaderWords(
                        "Subprotocols: the client lists what its messages may mean, the server chooses one.",
                        "RFC 6455 11.3.4");
            case "sec-websocket-extensions" ->
                new HeaderWords(
                        "Extensions such as compression: the client offers, the server takes what it wants.",
                        "RFC 6455 11.3.2");
            default -> new HeaderWords("A name kept for WebSocket that no standard has used yet.", "RFC 6455 11.3");
        };
    }

    private static HeaderWords ofHttp(String name) {
        return switch (name) {
            case "host" ->
                new HeaderWords(
                        "The name by which the client calls the server; one address may have many.", "RFC 9110 7.2");
            case "upgrade" ->
                new HeaderWords(
                        "Asks (or agrees) to speak WebSocket instead of HTTP on this connection.", "RFC 6455 4.1");
            case "connection" ->
                new HeaderWords(
                        "Says that Upgrade is meant for this very connection, not to be passed on.", "RFC 6455 4.1");
            case "origin" ->
                new HeaderWords(
                        "The page that wants to connect; the browser adds it, and no page can forge it.",
                        "RFC 6455 10.2");
            case "cookie" -> new HeaderWords("What the server asked the browser to remember.", "RFC 6265 4.2");
            case "set-cookie" -> new HeaderWords("What the browser is asked to remember.", "RFC 6265 4.1");
            case "authorization" -> new HeaderWords("Says who the client is.", "RFC 9110 11.6.2");
            case "user-agent" -> new HeaderWords("The program that asks, as it describes itself.", "RFC 9110 10.1.5");
            case "accept-encoding" ->
                new HeaderWords(
                        "Compressions for HTTP answers; WebSocket has its own, by extension.", "RFC 9110 12.5.3");
            case "accept-language" -> new HeaderWords("Languages that the user reads.", "RFC 9110 12.5.4");
            case "cache-control", "pragma" ->
                new HeaderWords("Tells caches on the way to keep out of this.", "RFC 9111 5.2");
            case "location" -> new HeaderWords("Where to ask instead.", "RFC 9110 10.2.2");
            case "retry-after" -> new HeaderWords("How long to wait before asking again.", "RFC 9110 10.2.3");
            case "date" -> new HeaderWords("When the answer was made.", "RFC 9110 6.6.1");
            case "content-length" -> new HeaderWords("How many bytes of body follow the head.", "RFC 9110 8.6");
            case "content-type" -> new HeaderWords("What kind of body follows the head.", "RFC 9110 8.3");
            case "" -> new HeaderWords("This line is no header: it has no name and colon.", "RFC 9112 5");
            default -> new HeaderWords("A header that WebSocket gives no meaning to.", "RFC 9110 5");
        };
    }

    static String ofMethod(String method) {
        return method.equals("GET")
                ? "The handshake is a GET, like asking for a page."
                : "A method of HTTP, but a WebSocket handshake is a GET.";
    }

    static String ofStatus(String status) {
        return status.equals("101")
                ? "Switching Protocols: the server agrees, and the connection is a WebSocket from the empty line on."
                : "An ordinary HTTP answer: the connection does not become a WebSocket.";
    }

    static String sectionOfStatus(String status) {
        return status.equals("101") ? "RFC 6455 4.2.2" : "RFC 9110 15";
    }
}
