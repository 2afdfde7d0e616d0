package dev.wscratch.wire;

import java.util.List;

/**
 * What to make of the status of a refused handshake, where no single rule is known to have been broken: those that this
 * server answers, and those of what commonly stands in front of one.
 *
 * @param status as answered
 * @param reason the standard's name for it
 * @param section where that is
 * @param diagnosis what happened, whose doing it is, why, and what to try
 */
record StatusWords(int status, String reason, String section, Diagnosis diagnosis) {
    private static final String CLIENT = "the client";
    private static final String SERVER = "the server";
    private static final String ON_THE_WAY = "the client, or a proxy on the way";
    private static final String PROXY = "a proxy in front of the server";

    /** In the order of the numbers, each once. */
    static List<StatusWords> all() {
        return List.of(
                of(
                        400,
                        "Bad Request",
                        "RFC 9110 15.5.1",
                        "The server could not take the request as an opening handshake.",
                        ON_THE_WAY,
                        "A header is missing or malformed, or a proxy changed it; wss:// and ws:// may be mixed up.",
                        "Read the answer's body: it names the rule."),
                of(
                        401,
                        "Unauthorized",
                        "RFC 9110 15.5.2",
                        "The server wants to know who asks.",
                        CLIENT,
                        "No login came with the handshake: a page cannot set headers, only cookies and the URL.",
                        "Log in first, so that a cookie comes along, or send a ticket in the URL."),
                of(
                        403,
                        "Forbidden",
                        "RFC 6455 10.2",
                        "The server does not take connections from here.",
                        "the page, or whoever wrote it",
                        "The page's Origin is not on the server's list, the server was called by a name that is not its"
                                + " own, or the endpoint refused.",
                        "Open the page by the address that the server was started for, or allow its origin (--origins)."),
                of(
                        404,
                        "Not Found",
                        "RFC 6455 4.2.2",
                        "Nothing speaks WebSocket at this path.",
                        CLIENT,
                        "The path is misspelt, or lacks the prefix under which the application is deployed; or the endpoint"
                                + " is switched off.",
                        "Check the path; this server's own are /, /echo, /deflate and /talk."),
                of(
                        405,
                        "Method Not Allowed",
                        "RFC 6455 4.2.1",
                        "The request uses another method than GET.",
                        CLIENT,
                        "A form or a script posts to a WebSocket address.",
                        "Use a WebSocket client, or GET."),
                of(
                        408,
                        "Request Timeout",
                        "RFC 9110 15.5.9",
                        "The head of the request did not come in time.",
                        ON_THE_WAY,
                        "The empty line at its end is missing, the network is slow, or a connection was opened for later.",
                        "End the head with CR LF CR LF, and connect only when the request is ready."),
                of(
                        414,
                        "URI Too Long",
                        "RFC 9110 15.5.15",
                        "The URL is longer than the server takes.",
                        CLIENT,
                        "Data was put into the URL.",
                        "Send the data in a message after the handshake."),
                of(
                        426,
                        "Upgrade Required",
                        "RFC 6455 4.2.2",
                        "The path speaks WebSocket, and the request does not ask for it, or for another version.",
                        ON_THE_WAY,
                        "It is a plain request, a proxy took the header Upgrade off, or the version is not 13.",
                        "Use a WebSocket client; let the proxy pass Upgrade on; send Sec-WebSocket-Version: 13."),
                of(
                        429,
                        "Too Many Requests",
                        "RFC 6585 4",
                        "The client asks too often.",
                        CLIENT,
                        "It comes back at once after each failure.",
                        "Wait as long as Retry-After says, and longer each time."),
                of(
                        431,
                        "Request Header Fields Too Large",
                        "RFC 6585 5",
                        "The head is larger than the server takes.",
                        CLIENT,
                        "Cookies have piled up.",
                        "Delete the cookies for this host, or raise the server's limit (--max-head)."),
                of(
                        500,
                        "Internal Server Error",
                        "RFC 9110 15.6.1",
                        "The server failed at the handshake.",
                        SERVER,
                        "Code of the endpoint's, such as its configurator, threw.",
                        "Look into the server's log."),
                of(
                        502,
                        "Bad Gateway",
                        "RFC 9110 15.6.3",
                        "A proxy got no proper answer from the server behind it.",
                        PROXY,
                        "The server is down or speaks another protocol on that port, or the proxy does not pass upgrades.",
                        "Connect to the server directly; then look at the proxy's settings."),
                of(
                        503,
                        "Service Unavailable",
                        "RFC 9110 15.6.4",
                        "The server takes no more connections now.",
                        SERVER,
                        "It is full, this address has too many connections, or it is stopping.",
                        "Close what is not needed, and try again after the time that Retry-After says."),
                of(
                        504,
                        "Gateway Timeout",
                        "RFC 9110 15.6.5",
                        "A proxy waited too long for the server behind it.",
                        PROXY,
                        "The server is overloaded or cannot be reached.",
                        "Connect to the server directly; then look at the proxy's settings."),
                of(
                        505,
                        "HTTP Version Not Supported",
                        "RFC 9110 15.6.6",
                        "The request is in a version of HTTP that the server does not speak.",
                        CLIENT,
                        "HTTP/2 or later was written as text, or an old program asks.",
                        "Use HTTP/1.1."));
    }

    private static StatusWords of(
            int status, String reason, String section, String happened, String who, String cause, String advice) {
        return new StatusWords(status, reason, section, new Diagnosis(happened, who, cause, advice));
    }
}
