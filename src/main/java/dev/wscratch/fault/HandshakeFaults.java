package dev.wscratch.fault;

import static dev.wscratch.fault.Parameter.inPath;
import static dev.wscratch.fault.Parameter.inQuery;

import dev.wscratch.wire.Accept;
import dev.wscratch.wire.Handshake;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong with the answer to the opening handshake (RFC 6455 section 4). */
final class HandshakeFaults {
    private static final String UPGRADE = "Upgrade: websocket";
    private static final String CONNECTION = "Connection: Upgrade";
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: ";

    /** A header without which there is no handshake. */
    enum Header {
        ACCEPT,
        UPGRADE,
        CONNECTION
    }

    /** What is wrong with the chosen subprotocol. */
    enum Choice {
        UNOFFERED,
        NONE,
        TWO
    }

    private static final Parameter<Header> MISSING =
            inPath("header", new Type.Choice<>(Header.class), "accept", "the header that is missing");
    private static final Parameter<Choice> CHOICE =
            inPath("choice", new Type.Choice<>(Choice.class), "unoffered", "what is wrong");
    private static final Parameter<Long> STATUS = inPath("status", new Type.Whole(200, 599), "503", "the HTTP status");
    private static final Parameter<String> BODY = inQuery("body", new Type.Text(4096), "refused as asked", "the body");
    private static final Parameter<String> EXTRA =
            inQuery("header", new Type.Line(1024), "Retry-After: 1", "one more header line");
    private static final Parameter<Redirect> REDIRECT =
            inPath("status", new RedirectStatus(), "302", "the HTTP status");
    private static final Parameter<String> LOCATION =
            inQuery("to", new Type.Line(1024), "/fault/redirect", "where to; the default is a loop");
    private static final Parameter<Long> RATE = inQuery("rate", new Type.Whole(1, 100_000), "50", "bytes per second");
    private static final Parameter<Duration> FOR =
            inQuery("for", new Type.Time(Duration.ofMinutes(2)), "30s", "until the connection is closed");
    private static final Parameter<Long> BYTES =
            inPath("bytes", new Type.Whole(0, 100), "20", "bytes of the head that are sent");

    private HandshakeFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "bad-accept",
                        List.of(),
                        "Answers 101 with the Sec-WebSocket-Accept of another key.",
                        "Fail the connection: no open event.",
                        "RFC 6455 4.1",
                        "wscratch connect :8080/fault/bad-accept",
                        (request, arguments) -> opened(UPGRADE, CONNECTION, accept("AAAAAAAAAAAAAAAAAAAAAA=="))),
                new Fault(
                        "missing-header",
                        List.of(MISSING),
                        "Answers 101 without one of the three headers that make it an upgrade.",
                        "Fail the connection: no open event.",
                        "RFC 6455 4.1",
                        "wscratch connect :8080/fault/missing-header/upgrade",
                        HandshakeFaults::missingHeader),
                new Fault(
                        "status",
                        List.of(STATUS, EXTRA, BODY),
                        "Refuses the handshake with an HTTP status, a header and a body.",
                        "Fail the connection, or do what HTTP says of the status, such as authenticate after 401.",
                        "RFC 6455 4.1",
                        "wscratch connect ':8080/fault/status/401?header=WWW-Authenticate:%20Basic'",
                        HandshakeFaults::status),
                new Fault(
                        "redirect",
                        List.of(REDIRECT, LOCATION),
                        "Answers with a redirect; by default to itself, for ever.",
                        "May follow it, but not for ever, and without credentials to another host. Browsers do not.",
                        "RFC 6455 4.1",
                        "wscratch connect ':8080/fault/redirect/307?to=/echo'",
                        (request, arguments) -> Script.answer(
                                arguments.get(REDIRECT).status(),
                                "As Asked",
                                List.of("Location: " + arguments.get(LOCATION)),
                                "")),
                new Fault(
                        "slow-head",
                        List.of(RATE),
                        "Sends a good 101 byte by byte, then echoes.",
                        "Wait within its own handshake deadline, then open.",
                        "RFC 6455 4.1",
                        "wscratch connect ':8080/fault/slow-head?rate=100' -x hello -n 1",
                        HandshakeFaults::slowHead),
                new Fault(
                        "stuck-head",
                        List.of(BYTES, FOR),
                        "Sends the beginning of a 101, or nothing, and then no more.",
                        "Give up at its own handshake deadline.",
                        "RFC 6455 4.1",
                        "wscratch connect ':8080/fault/stuck-head/0?for=15s'",
                        HandshakeFaults::stuckHead),
                new Fault(
                        "endless-head",
                        List.of(RATE, FOR),
                        "Sends one header line after another and never the empty line.",
                        "Give up at its own deadline, or at its own bound on a head.",
                        "RFC 6455 4.1",
                        "wscratch connect ':8080/fault/endless-head?rate=100000'",
                        HandshakeFaults::endlessHead),
                new Fault(
                        "not-http",
                        List.of(),
                        "Answers in another protocol.",
                        "Fail the connection: no open event.",
                        "RFC 6455 4.1",
                        "wscratch connect :8080/fault/not-http",
                        (request, arguments) -> Script.of(
                                new Step.Send(Frames.utf8("SSH-2.0-wscratch\r\n\r\n")),
                                new Step.Fin(),
                                Step.Await.time(Duration.ofSeconds(2)),
                                new Step.Close())),
                new Fault(
                        "subprotocol",
                        List.of(CHOICE),
                        "Chooses a subprotocol that was not offered, none of those offered, or two of them.",
                        "Unoffered or two: fail the connection. None: open without one; a client may insist.",
                        "RFC 6455 4.1",
                        "wscratch connect :8080/fault/subprotocol/unoffered -s chat.v1",
                        HandshakeFaults::subprotocol));
    }

    /** A redirect's status. */
    record Redirect(int status) {}

    /** The five statuses that carry a Location (RFC 9110 section 15.4). */
    record RedirectStatus() implements Type<Redirect> {
        private static final List<Integer> ALL = List.of(301, 302, 303, 307, 308);

        @Override
        public String name() {
            return "number";
        }

        @Override
        public String range() {
            return "301, 302, 303, 307, 308";
        }

        @Override
        public @org.jspecify.annotations.Nullable Redirect parse(String text) {
            return ALL.stream()
                    .filter(status -> status.toString().equals(text))
                    .map(Redirect::new)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String accept(String key) {
        return "Sec-WebSocket-Accept: " + Accept.of(key);
    }

    private static ByteBuffer head(List<String> lines) {
        String head = "HTTP/1.1 101 Switching Protocols\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A 101 with these headers, and then a good server, in case that the client does not mind. */
    private static Script opened(String... lines) {
        return Script.upgraded(head(List.of(lines)), Script.LINGER, false, List.of());
    }

    /** A good server's 101 with extensions that it should not have agreed to, and what it then may be sent. */
    static Script openedWith(Handshake.Accepted request, String extensions, boolean deflate) {
        List<String> lines = new ArrayList<>(List.of(UPGRADE, CONNECTION, accept(request.key())));
        request.subprotocols().stream().findFirst().ifPresent(chosen -> lines.add(SUBPROTOCOL + chosen));
        lines.add("Sec-WebSocket-Extensions: " + extensions);
        return Script.upgraded(head(lines), Script.LINGER, deflate, List.of());
    }

    private static Script missingHeader(Handshake.Accepted request, Arguments arguments) {
        String accept = accept(request.key());
        return switch (arguments.get(MISSING)) {
            case ACCEPT -> opened(UPGRADE, CONNECTION);
            case UPGRADE -> opened(CONNECTION, accept);
            case CONNECTION -> opened(UPGRADE, accept);
        };
    }

    private static Script status(Handshake.Accepted request, Arguments arguments) {
        String extra = arguments.get(EXTRA);
        return Script.answer(
                arguments.whole(STATUS), "As Asked", extra.isEmpty() ? List.of() : List.of(extra), arguments.get(BODY));
    }

    private static Script slowHead(Handshake.Accepted request, Arguments arguments) {
        return Script.of(
                new Step.Trickle(Script.head(request), arguments.whole(RATE)),
                new Step.Behave(Manners.GOOD),
                Step.Await.time(Script.STAY),
                new Step.Close());
    }

    private static Script stuckHead(Handshake.Accepted request, Arguments arguments) {
        return Script.of(
                new Step.Send(Script.head(request).slice(0, arguments.whole(BYTES))),
                Step.Await.time(arguments.get(FOR)),
                new Step.Close());
    }

    private static Script endlessHead(Handshake.Accepted request, Arguments arguments) {
        String start = "HTTP/1.1 101 Switching Protocols\r\n";
        ByteBuffer line = Frames.utf8("X-Endless: still not the last line\r\n");
        int rate = arguments.whole(RATE);
        Duration every = Duration.ofNanos(line.remaining() * Pace.nanosPerUnit(rate));
        long times = arguments.get(FOR).toNanos() / every.toNanos();
        return Script.of(
                new Step.Send(Frames.utf8(start)),
                new Step.Repeat(line, (int) Math.max(1, times), every),
                new Step.Close());
    }

    private static Script subprotocol(Handshake.Accepted request, Arguments arguments) {
        String accept = accept(request.key());
        List<String> offered = request.subprotocols();
        return switch (arguments.get(CHOICE)) {
            case UNOFFERED -> opened(UPGRADE, CONNECTION, accept, SUBPROTOCOL + "unoffered.wscratch");
            case NONE -> opened(UPGRADE, CONNECTION, accept);
            case TWO ->
                opened(
                        UPGRADE,
                        CONNECTION,
                        accept,
                        SUBPROTOCOL + (offered.isEmpty() ? "one" : offered.get(0)),
                        SUBPROTOCOL + (offered.size() < 2 ? "two" : offered.get(1)));
        };
    }
}
