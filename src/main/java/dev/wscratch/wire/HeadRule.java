package dev.wscratch.wire;

/**
 * What any HTTP/1.1 head must be before anyone looks for a WebSocket in it, each rule with the status that refuses a
 * request which breaks it.
 *
 * <p>Most of them stop request smuggling: two programs that read the same bytes (a proxy and the server behind it) must
 * never disagree where one request ends and the next begins. So whatever two programs could read in two ways is refused.
 */
public enum HeadRule implements Rule {
    NOT_HTTP(400, "RFC 9112 3", "A request begins with the name of a method, such as GET."),
    LINE_END_NOT_CRLF(
            400,
            "RFC 9112 2.2",
            "Every line ends with CR LF together; neither comes alone, since programs differ there."),
    CONTROL_CHARACTER(400, "RFC 9110 5.5", "A head holds no control characters but a tab inside a value."),
    HEAD_TOO_LARGE(431, "RFC 6585 5", "A server may limit the size of a head and the number of its header fields."),
    TARGET_TOO_LONG(414, "RFC 9110 15.5.15", "A server may limit the length of a request target."),
    HEAD_INCOMPLETE(400, "RFC 9112 2.1", "A head ends with an empty line."),
    REQUEST_LINE_MALFORMED(
            400, "RFC 9112 3", "The first line is method, target and version with exactly one space between them."),
    STATUS_LINE_MALFORMED(
            502,
            "RFC 9112 4",
            "A response begins with a version, a status of three digits, and a reason that may be empty."),
    VERSION_NOT_SUPPORTED(505, "RFC 9112 2.3", "The version is HTTP/1.1 (or HTTP/1.0 for plain requests)."),
    TARGET_MALFORMED(
            400, "RFC 9112 3.2", "The target is a path, perhaps with a query, in the characters that RFC 3986 allows."),
    FIELD_NAME_MALFORMED(
            400, "RFC 9112 5.1", "A header line is a name of letters, digits and a few signs, and at once a colon."),
    OBSOLETE_FOLDING(
            400,
            "RFC 9112 5.2",
            "A header value stays on its line: a line that begins with a space is no longer allowed."),
    HOST_MISSING(400, "RFC 9112 3.2", "An HTTP/1.1 request says in Host whom it wants to talk to."),
    HOST_REPEATED(400, "RFC 9112 3.2", "A request has one Host, not two that could differ."),
    HOST_MALFORMED(400, "RFC 9110 7.2", "Host is a name or an address, perhaps with a colon and a port."),
    HOST_CONTRADICTS_TARGET(400, "RFC 9112 3.2.2", "If the target is a whole URI, Host is the same as the host in it."),
    LENGTH_AMBIGUOUS(
            400, "RFC 9112 6.3", "A message has one length: no second Content-Length, none beside Transfer-Encoding."),
    LENGTH_MALFORMED(400, "RFC 9110 8.6", "Content-Length is a number in digits."),
    BODY_NOT_TAKEN(400, "RFC 9110 9.3.1", "A GET or HEAD request has no body, and this server reads none.");

    private final int status;
    private final String section;
    private final String sentence;

    HeadRule(int status, String section, String sentence) {
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
