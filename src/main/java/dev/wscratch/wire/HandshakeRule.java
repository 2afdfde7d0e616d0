package dev.wscratch.wire;

/** What a server asks of a client's opening handshake (RFC 6455 section 4.2.1), each rule with the status of a refusal. */
public enum HandshakeRule implements Rule {
    METHOD_NOT_GET(405, "RFC 6455 4.2.1", "The handshake is a GET request."),
    HTTP_VERSION_TOO_OLD(400, "RFC 6455 4.2.1", "The handshake is HTTP/1.1: upgrading does not exist in HTTP/1.0."),
    UPGRADE_MISSING(426, "RFC 6455 4.2.1", "The header Upgrade contains the word websocket."),
    CONNECTION_WITHOUT_UPGRADE(400, "RFC 6455 4.2.1", "The header Connection contains the word Upgrade."),
    VERSION_NOT_13(426, "RFC 6455 4.2.2", "Sec-WebSocket-Version is 13, the one version that was ever finished."),
    VERSION_REPEATED(400, "RFC 6455 11.3.5", "Sec-WebSocket-Version comes once in a request."),
    KEY_MISSING(
            400, "RFC 6455 4.2.1", "Sec-WebSocket-Key carries a nonce that the server's answer proves to have read."),
    KEY_REPEATED(400, "RFC 6455 11.3.1", "Sec-WebSocket-Key comes once."),
    KEY_MALFORMED(
            400, "RFC 6455 4.2.1", "Sec-WebSocket-Key is 16 bytes in base64: 22 characters and two equals signs."),
    SUBPROTOCOLS_MALFORMED(
            400,
            "RFC 6455 4.1",
            "Sec-WebSocket-Protocol is a list of names (letters, digits, a few signs) with commas."),
    EXTENSIONS_MALFORMED(
            400,
            "RFC 6455 9.1",
            "Sec-WebSocket-Extensions is a list of names with commas, each with parameters after semicolons."),
    ORIGIN_REPEATED(403, "RFC 6454 7.3", "A browser sends one Origin."),
    ORIGIN_NOT_ALLOWED(
            403,
            "RFC 6455 10.2",
            "A page may connect if it came from this server itself, or from an origin that is listed."),
    HOST_NOT_ALLOWED(
            403,
            "RFC 6455 10.2",
            "A server that listens on this machine only answers to this machine's own names, or to names that are listed.");

    private final int status;
    private final String section;
    private final String sentence;

    HandshakeRule(int status, String section, String sentence) {
        this.status = status;
        this.section = section;
        this.sentence = sentence;
    }

    /** The HTTP status with which a server refuses. */
    public int status() {
        return status;
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
