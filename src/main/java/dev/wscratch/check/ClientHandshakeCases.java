package dev.wscratch.check;

import dev.wscratch.check.ClientCases.Greeted;

/** Stage 1 for a client: answers that open a connection, and answers that must not (RFC 6455 section 4.1). */
final class ClientHandshakeCases {
    private static final String ANSWER = "RFC 6455 4.1";

    private ClientHandshakeCases() {}

    static void add(Greeted cases) {
        right(cases);
        wrong(cases);
        statuses(cases);
    }

    private static void opens(Greeted cases, Greeting greeting, String title, String section) {
        cases.add(greeting, title, section, Wanted.replies(Reply.text("Hello")), Step.send(Masked.text("Hello")));
    }

    private static void fails(Greeted cases, Greeting greeting, String title, String section) {
        cases.add(greeting, title, section, new Wanted.NotOpened(), Step.send(Masked.text("Hello")));
    }

    private static void right(Greeted cases) {
        Greeting usual = Greeting.USUAL;
        opens(cases, usual, "the usual answer opens the connection", ANSWER);
        opens(cases, usual.but("Upgrade: WebSocket"), "Upgrade in another case", ANSWER);
        opens(cases, usual.but("Connection: keep-alive, uPGRADE"), "Connection: keep-alive, uPGRADE", ANSWER);
        Greeting lower =
                usual.but("upgrade: websocket").but("connection: upgrade").but("sec-websocket-accept: {accept}");
        opens(cases, lower, "header names in small letters", "RFC 9110 5.1");
        opens(cases, usual.but("Sec-WebSocket-Accept: \t {accept} \t"), "a value between blanks", "RFC 9112 5.1");
        opens(cases, usual.with("X-Unknown: 1", "Set-Cookie: a=1"), "headers that mean nothing here", ANSWER);
        opens(cases, usual.withFirstLine("HTTP/1.1 101 Welcome"), "another reason phrase", "RFC 9112 4");
        opens(cases, usual.withFirstLine("HTTP/1.1 101 "), "no reason phrase", "RFC 9112 4");
        opens(cases, usual.chopped(1), "the answer in writes of 1 byte", "RFC 9112 2.2");
    }

    private static void wrong(Greeted cases) {
        Greeting usual = Greeting.USUAL;
        String accept = "Sec-WebSocket-Accept";
        fails(cases, usual.but(accept + ": AAAAAAAAAAAAAAAAAAAAAAAAAAA="), "the accept value of another key", ANSWER);
        fails(cases, usual.but(accept + ": {accept}x"), "the accept value and a letter more", ANSWER);
        fails(cases, usual.without(accept), "no Sec-WebSocket-Accept", ANSWER);
        fails(cases, usual.without("Upgrade"), "no Upgrade", ANSWER);
        fails(cases, usual.but("Upgrade: h2c"), "Upgrade: h2c", ANSWER);
        fails(cases, usual.without("Connection"), "no Connection", ANSWER);
        fails(cases, usual.but("Connection: close"), "Connection: close", ANSWER);
        fails(
                cases,
                usual.with("Sec-WebSocket-Protocol: unoffered.example"),
                "a subprotocol that was not offered",
                ANSWER);
        fails(cases, usual.agreeing("x-unoffered"), "an extension that was not offered", "RFC 6455 9.1");
    }

    private static void statuses(Greeted cases) {
        fails(cases, Greeting.USUAL.withFirstLine("HTTP/1.1 200 OK"), "all the headers, but 200 OK", ANSWER);
        fails(cases, Greeting.status(200, "OK"), "200 OK", ANSWER);
        fails(cases, Greeting.status(400, "Bad Request"), "400 Bad Request", ANSWER);
        fails(cases, Greeting.status(404, "Not Found"), "404 Not Found", ANSWER);
        fails(
                cases,
                Greeting.status(426, "Upgrade Required", "Sec-WebSocket-Version: 12"),
                "426 and a version that nobody speaks",
                "RFC 6455 4.4");
        fails(cases, Greeting.status(500, "Internal Server Error"), "500 Internal Server Error", ANSWER);
        fails(cases, Greeting.USUAL.withFirstLine("SSH-2.0-OpenSSH"), "not HTTP at all", "RFC 9112 4");
    }
}
