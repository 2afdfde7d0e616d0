package dev.wscratch.wire;

/** The words for each rule of a client's opening handshake. */
final class HandshakeDiagnoses {
    private static final String CLIENT = "the client";
    private static final String ON_THE_WAY = "the client, or a proxy on the way";

    private HandshakeDiagnoses() {}

    static Diagnosis of(HandshakeRule rule) {
        return switch (rule) {
            case METHOD_NOT_GET ->
                new Diagnosis(
                        "The request uses another method than GET.",
                        CLIENT,
                        "A form or a script posts to a WebSocket address.",
                        "Use a WebSocket client, or GET.");
            case HTTP_VERSION_TOO_OLD ->
                new Diagnosis(
                        "The handshake came as HTTP/1.0.",
                        ON_THE_WAY,
                        "A proxy talks HTTP/1.0 to this server, as nginx does unless told otherwise.",
                        "In nginx set proxy_http_version 1.1.");
            case UPGRADE_MISSING ->
                new Diagnosis(
                        "The request looks like a WebSocket handshake, but does not ask to upgrade.",
                        ON_THE_WAY,
                        "A proxy took the header Upgrade off, since it is meant for one hop only.",
                        "Let the proxy pass it on (in nginx: proxy_set_header Upgrade $http_upgrade).");
            case CONNECTION_WITHOUT_UPGRADE ->
                new Diagnosis(
                        "The header Connection does not mention Upgrade.",
                        ON_THE_WAY,
                        "A proxy replaced it by keep-alive or close.",
                        "Let the proxy send it (in nginx: proxy_set_header Connection \"upgrade\").");
            case VERSION_NOT_13 ->
                new Diagnosis(
                        "The client speaks another version of the protocol.",
                        CLIENT,
                        "It is older than 2011, or hand-written without the header.",
                        "Send Sec-WebSocket-Version: 13.");
            case VERSION_REPEATED ->
                new Diagnosis(
                        "The version is given more than once.",
                        ON_THE_WAY,
                        "A program added the header without looking.",
                        "Send Sec-WebSocket-Version once.");
            case KEY_MISSING ->
                new Diagnosis(
                        "The handshake has no key.",
                        CLIENT,
                        "It is hand-written.",
                        "Send Sec-WebSocket-Key with 16 random bytes in base64.");
            case KEY_REPEATED ->
                new Diagnosis(
                        "The handshake has more than one key.",
                        ON_THE_WAY,
                        "A program added the header without looking.",
                        "Send Sec-WebSocket-Key once.");
            case KEY_MALFORMED ->
                new Diagnosis(
                        "The key is not 16 bytes in base64.",
                        CLIENT,
                        "It is plain text, or base64 of another number of bytes.",
                        "Encode exactly 16 random bytes; the result has 24 characters and ends with ==.");
            case SUBPROTOCOLS_MALFORMED ->
                new Diagnosis(
                        "The list of subprotocols cannot be read.",
                        CLIENT,
                        "A name holds a space, a slash or quotes, or the header is empty.",
                        "Use letters, digits, dots and hyphens, with commas between names, or leave the header out.");
            case EXTENSIONS_MALFORMED ->
                new Diagnosis(
                        "The list of extensions cannot be read.",
                        CLIENT,
                        "A semicolon or a comma is misplaced, or the list is endless.",
                        "Leave Sec-WebSocket-Extensions out, or write name; parameter=value.");
            case ORIGIN_REPEATED ->
                new Diagnosis(
                        "The request names more than one origin.",
                        ON_THE_WAY,
                        "No browser does that.",
                        "Send one Origin, or none from a program that is not a browser.");
            case ORIGIN_NOT_ALLOWED ->
                new Diagnosis(
                        "The page that wants to connect comes from another site.",
                        "the page, or whoever wrote it",
                        "The page is served from another host or port than this server, or opened as a file; or a foreign"
                                + " page tries to act in its visitor's name.",
                        "Open the page from this server, or list its origin (--origins).");
            case HOST_NOT_ALLOWED ->
                new Diagnosis(
                        "A server that listens on this machine only was called by a foreign name.",
                        "the client, or the page it shows",
                        "The name was made to point to 127.0.0.1; that is how foreign pages reach local servers.",
                        "Use localhost or 127.0.0.1, or list the name (--hosts).");
        };
    }
}
