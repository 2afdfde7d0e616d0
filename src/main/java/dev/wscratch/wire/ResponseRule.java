package dev.wscratch.wire;

/** What a client asks of the server's answer to its opening handshake (RFC 6455 section 4.1, last list). */
public enum ResponseRule implements Rule {
    STATUS_NOT_101(
            "RFC 6455 4.1",
            "The server says 101 Switching Protocols; any other status is its answer as an HTTP server."),
    UPGRADE_NOT_WEBSOCKET("RFC 6455 4.1", "The answer's Upgrade is websocket."),
    CONNECTION_NOT_UPGRADE("RFC 6455 4.1", "The answer's Connection contains the word Upgrade."),
    ACCEPT_MISSING("RFC 6455 4.1", "The answer carries one Sec-WebSocket-Accept."),
    ACCEPT_WRONG(
            "RFC 6455 4.1",
            "Sec-WebSocket-Accept is made from the key that was sent, so an answer to another request shows."),
    SUBPROTOCOL_NOT_OFFERED(
            "RFC 6455 4.1", "The server chooses one of the subprotocols that the client offered, or none."),
    SUBPROTOCOL_MISSING("WHATWG WebSockets", "A client that offered subprotocols may insist that one is chosen."),
    EXTENSION_NOT_OFFERED("RFC 6455 4.1", "The server uses only extensions that the client offered."),
    EXTENSIONS_MALFORMED("RFC 6455 9.1", "Sec-WebSocket-Extensions is a list of names with parameters."),
    DEFLATE_PARAMETERS_WRONG(
            "RFC 7692 7.1",
            "permessage-deflate is agreed on once, with its own four parameters, each at most once and within its"
                    + " bounds.");

    private final String section;
    private final String sentence;

    ResponseRule(String section, String sentence) {
        this.section = section;
        this.sentence = sentence;
    }

    @Override
    public String section() {
        return section;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
