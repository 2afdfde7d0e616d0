package dev.wscratch.check;

import java.util.List;

/** Stage 1: the opening handshake, right in all its forms, and wrong. */
final class HandshakeCases {
    private static final String REQUEST = "RFC 6455 4.2.1";

    private HandshakeCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.HANDSHAKE);
        right(family);
        pieces(family);
        missing(family);
        wrong(family);
        http(family);
        return family.cases();
    }

    private static void right(Family family) {
        Request usual = Request.USUAL;
        family.handshake("the usual request is answered by 101", "RFC 6455 4.2.2", usual, Answer.OPENED);
        family.handshake("Upgrade in another case", REQUEST, usual.but("Upgrade: WebSocket"), Answer.OPENED);
        family.handshake("Connection in another case", REQUEST, usual.but("Connection: uPGRADE"), Answer.OPENED);
        family.handshake(
                "Connection: keep-alive, Upgrade",
                REQUEST,
                usual.but("Connection: keep-alive, Upgrade"),
                Answer.OPENED);
        Request lower = usual.but("host: {host}")
                .but("upgrade: websocket")
                .but("connection: Upgrade")
                .but("sec-websocket-key: {key}")
                .but("sec-websocket-version: 13");
        family.handshake("header names in small letters", "RFC 9110 5.1", lower, Answer.OPENED);
        family.handshake(
                "a value without the blank before it", "RFC 9112 5.1", usual.but("Upgrade:websocket"), Answer.OPENED);
        family.handshake(
                "a value between blanks and tabs",
                "RFC 9112 5.1",
                usual.but("Upgrade: \t websocket \t"),
                Answer.OPENED);
        family.handshake("a header nobody knows", REQUEST, usual.with("X-Unknown: 1"), Answer.OPENED);
        family.handshake("a cookie", REQUEST, usual.with("Cookie: a=1; b=2"), Answer.OPENED);
        family.handshake(
                "subprotocols are offered: one of them is chosen, or none",
                "RFC 6455 4.2.2",
                usual.withSubprotocols("chat.example", "superchat.example"),
                Answer.OPENED);
        family.handshake(
                "an unknown extension is offered, and declined",
                "RFC 6455 9.1",
                usual.offering("x-nobody-knows; a=1"),
                Answer.OPENED);
        family.handshake("forty headers of 100 bytes", "RFC 9110 5.4", many(40), Answer.OPENED);
    }

    private static Request many(int headers) {
        Request request = Request.USUAL;
        for (int i = 0; i < headers; i++) {
            request = request.with("X-Header-" + i + ": " + "v".repeat(84));
        }
        return request;
    }

    private static void pieces(Family family) {
        for (int piece : new int[] {1, 7, 64}) {
            family.handshake(
                    "the request comes in writes of " + piece + (piece == 1 ? " byte" : " bytes"),
                    "RFC 9112 2.2",
                    Request.USUAL.chopped(piece),
                    Answer.OPENED);
        }
    }

    private static void missing(Family family) {
        Request usual = Request.USUAL;
        family.handshake("no Host", REQUEST, usual.without("Host"), Answer.BETTER_REFUSED);
        family.handshake("no Upgrade", REQUEST, usual.without("Upgrade"), Answer.NOT_SWITCHED);
        family.handshake("no Connection", REQUEST, usual.without("Connection"), Answer.NOT_SWITCHED);
        family.handshake("no Sec-WebSocket-Key", REQUEST, usual.without("Sec-WebSocket-Key"), Answer.REFUSED);
        family.handshake("no Sec-WebSocket-Version", REQUEST, usual.without("Sec-WebSocket-Version"), Answer.REFUSED);
    }

    private static void wrong(Family family) {
        Request usual = Request.USUAL;
        family.handshake("Upgrade: h2c", REQUEST, usual.but("Upgrade: h2c"), Answer.NOT_SWITCHED);
        family.handshake("Connection: close", REQUEST, usual.but("Connection: close"), Answer.NOT_SWITCHED);
        for (String version : List.of("12", "14", "0", "255", "thirteen")) {
            family.handshake(
                    "Sec-WebSocket-Version: " + version,
                    "RFC 6455 4.4",
                    usual.but("Sec-WebSocket-Version: " + version),
                    Answer.REFUSED);
        }
        for (String key : List.of("", "short", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZSBpcyBsb25n")) {
            family.handshake(
                    "a key that is not 16 bytes in base64: \"" + key + "\"",
                    REQUEST,
                    usual.but("Sec-WebSocket-Key: " + key),
                    Answer.BETTER_REFUSED);
        }
        family.handshake(
                "two keys",
                "RFC 6455 11.3.1",
                usual.with("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="),
                refusedTwice());
        family.handshake("two versions", "RFC 6455 11.3.5", usual.with("Sec-WebSocket-Version: 8"), refusedTwice());
    }

    /** What "MUST NOT appear more than once" asks of a client, a server may overlook. */
    private static Answer refusedTwice() {
        return Answer.EITHER;
    }

    private static void http(Family family) {
        Request usual = Request.USUAL;
        family.handshake(
                "POST instead of GET", REQUEST, usual.withFirstLine("POST {target} HTTP/1.1"), Answer.NOT_SWITCHED);
        family.handshake(
                "PUT instead of GET", REQUEST, usual.withFirstLine("PUT {target} HTTP/1.1"), Answer.NOT_SWITCHED);
        family.handshake("HTTP/1.0", REQUEST, usual.withFirstLine("GET {target} HTTP/1.0"), Answer.BETTER_REFUSED);
        family.handshake("not HTTP at all", "RFC 9112 3", usual.withFirstLine("HELLO"), Answer.REFUSED);
        family.handshake(
                "a blank before the colon",
                "RFC 9112 5.1",
                usual.without("Upgrade").with("Upgrade : websocket"),
                Answer.BETTER_REFUSED);
    }
}
