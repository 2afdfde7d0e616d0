package dev.wscratch.fault;

import static dev.wscratch.fault.WireCase.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Request heads that break rules, with the status of the refusal. */
final class HandshakeCases {
    private static final String GET = "GET {path} HTTP/1.1";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final List<String> GOOD =
            List.of("Host: {authority}", "Upgrade: websocket", "Connection: Upgrade", KEY, "Sec-WebSocket-Version: 13");

    private HandshakeCases() {}

    /** A good handshake, with more header lines if wanted. */
    static String good(String... more) {
        return head(GET, GOOD, more);
    }

    private static String without(String name, String... more) {
        return head(
                GET, GOOD.stream().filter(line -> !line.startsWith(name + ":")).toList(), more);
    }

    private static String head(String requestLine, List<String> fields, String... more) {
        List<String> lines = new ArrayList<>(List.of(requestLine));
        lines.addAll(fields);
        lines.addAll(List.of(more));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Rows 3, 4 and 6, and what must keep working beside them. */
    static List<WireCase> all() {
        return Stream.of(requests(), bombs(), smuggling()).flatMap(List::stream).toList();
    }

    private static List<WireCase> requests() {
        return List.of(
                handshake(3, "a good handshake", good(), 101),
                handshake(3, "method POST", head("POST {path} HTTP/1.1", GOOD), 405),
                handshake(3, "method PUT with a length", head("PUT {path} HTTP/1.1", GOOD, "Content-Length: 5"), 405),
                handshake(3, "HTTP/1.0", head("GET {path} HTTP/1.0", GOOD), 400),
                handshake(3, "HTTP/2.0", head("GET {path} HTTP/2.0", GOOD), 505),
                handshake(3, "no version", without("Sec-WebSocket-Version"), 426),
                handshake(3, "version 12", without("Sec-WebSocket-Version", "Sec-WebSocket-Version: 12"), 426),
                handshake(3, "version 13 twice", good("Sec-WebSocket-Version: 13"), 400),
                handshake(3, "no key", without("Sec-WebSocket-Key"), 400),
                handshake(3, "two keys", good(KEY), 400),
                handshake(
                        3,
                        "key of 15 bytes",
                        without("Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j"),
                        400),
                handshake(
                        3,
                        "key of 17 bytes",
                        without("Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE="),
                        400),
                handshake(
                        3,
                        "key not base64",
                        without("Sec-WebSocket-Key", "Sec-WebSocket-Key: ???hIHNhbXBsZSBub25jZQ=="),
                        400),
                handshake(3, "no Host", without("Host"), 400),
                handshake(3, "no Upgrade", without("Upgrade"), 426),
                handshake(3, "Upgrade to something else", without("Upgrade", "Upgrade: h2c"), 426),
                handshake(3, "no Connection", without("Connection"), 400),
                handshake(3, "Connection without Upgrade", without("Connection", "Connection: keep-alive"), 400),
                handshake(
                        3,
                        "Connection with more tokens",
                        without("Connection", "Connection: keep-alive, uPGRADE"),
                        101),
                handshake(3, "target with a forbidden character", head("GET {path}?a=| HTTP/1.1", GOOD), 400),
                handshake(3, "target with a broken escape", head("GET {path}?a=%zz HTTP/1.1", GOOD), 400),
                handshake(3, "no endpoint at the path", head("GET /nobody-here HTTP/1.1", GOOD), 404));
    }

    private static List<WireCase> bombs() {
        String many = "x-y: z\r\n".repeat(500);
        return List.of(
                handshake(4, "one header of 64 KB", good("X-Bomb: " + "x".repeat(64 << 10)), 431),
                handshake(4, "500 headers", good(many.substring(0, many.length() - 2)), 431),
                handshake(
                        4,
                        "64 KB of spaces in Sec-WebSocket-Protocol",
                        good("Sec-WebSocket-Protocol:" + " ".repeat(64 << 10) + "x"),
                        431),
                handshake(
                        4,
                        "15 KB of commas in Sec-WebSocket-Protocol",
                        good("Sec-WebSocket-Protocol: " + ",".repeat(15 << 10)),
                        400),
                handshake(4, "1,000 subprotocols", good("Sec-WebSocket-Protocol: " + "a, ".repeat(999) + "a"), 400),
                handshake(4, "1,000 extensions", good("Sec-WebSocket-Extensions: " + "a, ".repeat(999) + "a"), 400),
                handshake(
                        4,
                        "an extension with 1,000 parameters",
                        good("Sec-WebSocket-Extensions: a" + "; b".repeat(1_000)),
                        400),
                handshake(4, "a request line of 64 KB", head("GET /" + "x".repeat(64 << 10) + " HTTP/1.1", GOOD), 414),
                handshake(
                        4,
                        "an extension named constructor",
                        good("Sec-WebSocket-Extensions: constructor, __proto__; a=1"),
                        101));
    }

    private static List<WireCase> smuggling() {
        String second = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {authority}";
        return List.of(
                handshake(
                        6,
                        "Content-Length beside Transfer-Encoding",
                        good("Content-Length: 4", "Transfer-Encoding: chunked" + second),
                        400),
                handshake(6, "two Content-Lengths", good("Content-Length: 0", "Content-Length: 5" + second), 400),
                handshake(6, "two equal Content-Lengths", good("Content-Length: 5", "Content-Length: 5" + second), 400),
                handshake(6, "a Content-Length with a sign", good("Content-Length: +5" + second), 400),
                handshake(6, "a body on GET", good("Content-Length: 5" + second), 400),
                handshake(6, "a chunked body on GET", good("Transfer-Encoding: chunked" + second), 400),
                handshake(6, "an unknown transfer coding", good("Transfer-Encoding: xchunked" + second), 400),
                handshake(6, "a folded header", good("X-Folded: a", " b" + second), 400),
                handshake(6, "a bare LF", good("X-Lf: a\nX-Hidden: b" + second), 400),
                handshake(6, "a bare CR", good("X-Cr: a\rX-Hidden: b" + second), 400),
                handshake(6, "a NUL", good("X-Nul: a\u0000b" + second), 400),
                handshake(6, "two Hosts", good("Host: other.example" + second), 400),
                handshake(6, "a blank before the colon", good("Content-Length : 5" + second), 400),
                handshake(6, "a blank before the first header", head(GET + "\r\n X: y", GOOD), 400),
                handshake(
                        6,
                        "a Host that contradicts the target",
                        head("GET http://other.example{path} HTTP/1.1", GOOD),
                        400));
    }
}
