package dev.wscratch.wire;

/** The words for each rule of HTTP heads. */
final class HeadDiagnoses {
    private HeadDiagnoses() {}

    static Diagnosis of(HeadRule rule) {
        return switch (rule) {
            case NOT_HTTP ->
                client(
                        "What arrived does not begin like an HTTP request.",
                        "The client speaks TLS to a plain port (wss:// instead of ws://), or another protocol altogether.",
                        "Use ws:// for this port, or switch TLS on.");
            case LINE_END_NOT_CRLF ->
                client(
                        "A line does not end with CR LF.",
                        "The request was typed or scripted with plain line feeds, or somebody tries to smuggle a request.",
                        "End every line with CR LF (\\r\\n).");
            case CONTROL_CHARACTER ->
                client(
                        "The head holds a control character.",
                        "A value was not encoded before it became a header, or the bytes are no text at all.",
                        "Encode the value (percent-encoding or base64).");
            case HEAD_TOO_LARGE ->
                client(
                        "The head is larger than the server takes.",
                        "Many or large cookies, a token that is too long, or a flood of headers.",
                        "Clear the cookies of this site, or send large values in a message after the handshake.");
            case TARGET_TOO_LONG ->
                client(
                        "The first line is longer than the server takes.",
                        "Data was put into the URL.",
                        "Send the data in a message after the handshake.");
            case HEAD_INCOMPLETE ->
                client(
                        "The head does not end with one empty line.",
                        "The sender stopped half-way, or forgot the last CR LF.",
                        "End the head with CR LF CR LF.");
            case REQUEST_LINE_MALFORMED ->
                client(
                        "The first line is not an HTTP request line.",
                        "A space in the path was not encoded, or parts of the line are missing.",
                        "Send \"GET /path HTTP/1.1\", with %20 for a space in the path.");
            case STATUS_LINE_MALFORMED ->
                new Diagnosis(
                        "The answer does not begin like an HTTP response.",
                        "the server",
                        "Something else than a web server listens on that port, or it speaks TLS there.",
                        "Check host and port, and try wss:// instead of ws://.");
            case VERSION_NOT_SUPPORTED ->
                client(
                        "The request is in a version of HTTP that is not spoken here.",
                        "HTTP/2 or later was written as text, or an old program asks.",
                        "Use HTTP/1.1.");
            case TARGET_MALFORMED ->
                client(
                        "The path or query holds a character that no URL may hold, or is no path.",
                        "A value was put into the URL without being encoded.",
                        "Encode it: %7C for |, %3C for <, %20 for a space.");
            case FIELD_NAME_MALFORMED ->
                client(
                        "A header line has no proper name.",
                        "There is a blank before the colon, or the line is not a header.",
                        "Write \"Name: value\" with the colon right after the name.");
            case OBSOLETE_FOLDING ->
                client(
                        "A header is spread over two lines.",
                        "An old program wraps long headers.",
                        "Write every header on one line.");
            case HOST_MISSING ->
                client(
                        "The request does not say whom it wants to talk to.",
                        "It is hand-written.",
                        "Add a header Host with the server's name and port.");
            case HOST_REPEATED ->
                client(
                        "The request has more than one Host.",
                        "A program added one without looking, or somebody tries to mislead a proxy.",
                        "Send exactly one Host.");
            case HOST_MALFORMED ->
                client(
                        "Host is neither a name nor an address.",
                        "A whole URL was put there, or it is empty.",
                        "Send Host: name or Host: name:port.");
            case HOST_CONTRADICTS_TARGET ->
                client(
                        "The request names two different hosts.",
                        "A proxy rewrote one of them only.",
                        "Make Host the same as the host in the URL, or send only the path.");
            case LENGTH_AMBIGUOUS ->
                client(
                        "The request gives its length twice.",
                        "A proxy in between adds its own, or somebody tries to smuggle a second request.",
                        "Send no Content-Length and no Transfer-Encoding with a GET.");
            case LENGTH_MALFORMED ->
                client(
                        "Content-Length is not a number.",
                        "A list or a sign was written there.",
                        "Leave the header out, or write digits only.");
            case BODY_NOT_TAKEN ->
                client(
                        "The request has a body.",
                        "Data was sent with the request instead of after it.",
                        "Send the data as a message once the WebSocket is open.");
        };
    }

    private static Diagnosis client(String happened, String cause, String advice) {
        return new Diagnosis(happened, "the client", cause, advice);
    }
}
