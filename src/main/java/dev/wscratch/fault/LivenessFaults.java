package dev.wscratch.fault;

import static dev.wscratch.fault.Frames.hex;
import static dev.wscratch.fault.Frames.join;
import static dev.wscratch.fault.Parameter.inPath;
import static dev.wscratch.fault.Parameter.inQuery;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Handshake;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Silence, and too many words: pings, pongs, and none of them (RFC 6455 sections 5.5.2 and 5.5.3). */
final class LivenessFaults {
    private static final Duration MINUTES = Duration.ofMinutes(5);

    private static final Parameter<Duration> FOR = inQuery("for", new Type.Time(MINUTES), "1m", "until TCP is closed");
    private static final Parameter<Duration> EVERY =
            inQuery("every", new Type.Time(Duration.ofMinutes(1)), "1s", "from ping to ping, at least 1ms");
    private static final Parameter<Duration> TIMEOUT =
            inQuery("timeout", new Type.Time(Duration.ofMinutes(1)), "5s", "until it gives up");
    private static final Parameter<Long> PINGS = inQuery("count", new Type.Whole(1, 20_000), "1000", "pings in all");
    private static final Parameter<Long> RATE = inQuery("rate", new Type.Whole(1, 10_000), "1000", "pings per second");
    private static final Parameter<Long> SIZE =
            inQuery("size", new Type.Whole(0, 125), "4", "bytes of payload of each");
    private static final Parameter<Long> PONGS = inQuery("count", new Type.Whole(1, 1000), "3", "pongs");
    private static final Parameter<String> PAYLOAD =
            inPath("payload", new Type.Text(125), "ping", "of the ping, and so of the pong");
    private static final Parameter<Long> FEW = inQuery("count", new Type.Whole(1, 1000), "3", "messages with a ping");

    private LivenessFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "silent",
                        List.of(FOR),
                        "Opens, reads everything, and never says anything again.",
                        "Notice by its own pings, if it sends any; give up on its own Close at a deadline.",
                        "RFC 6455 5.5.2",
                        "wscratch connect ':8080/fault/silent?for=10s' -x hello",
                        (request, arguments) -> still(request, arguments, Manners.SILENT)),
                new Fault(
                        "deaf",
                        List.of(FOR),
                        "Opens and never reads, until the client's sends back up.",
                        "Bound what waits to be sent, show it (bufferedAmount), and give up at a deadline.",
                        "RFC 6455 10.4",
                        "wscratch connect ':8080/fault/deaf?for=10s' -x hello",
                        (request, arguments) -> still(request, arguments, Manners.DEAF)),
                new Fault(
                        "ignored-pings",
                        List.of(),
                        "Echoes messages, and answers no ping.",
                        "Take the connection for dead when its pings stay unanswered.",
                        "RFC 6455 5.5.3",
                        "wscratch connect :8080/fault/ignored-pings -x hello -n 1",
                        (request, arguments) -> Script.mannered(request, Manners.GOOD.withoutPongs())),
                new Fault(
                        "no-pong",
                        List.of(EVERY, TIMEOUT),
                        "Pings, does not notice the pongs, and closes with 3008 after its timeout.",
                        "Answer each ping all the same; answer the Close frame, and connect again.",
                        "RFC 6455 5.5.2",
                        "wscratch connect ':8080/fault/no-pong?timeout=3s'",
                        LivenessFaults::noPong),
                new Fault(
                        "ping-flood",
                        List.of(PINGS, RATE, SIZE),
                        "Sends pings faster than anybody needs, then closes with 1000.",
                        "Answer them, or only the latest one, and keep a bounded queue.",
                        "RFC 6455 5.5.3",
                        "wscratch connect ':8080/fault/ping-flood?count=10000&rate=10000'",
                        LivenessFaults::pingFlood),
                new Fault(
                        "unsolicited-pong",
                        List.of(PONGS),
                        "Sends pongs that answer no ping, then echoes.",
                        "Ignore them.",
                        "RFC 6455 5.5.3",
                        "wscratch connect :8080/fault/unsolicited-pong -x hello -n 1",
                        (request, arguments) -> Script.upgraded(
                                request,
                                new Step.Repeat(
                                        FrameSerialiser.pong(Frames.utf8("pong")),
                                        arguments.whole(PONGS),
                                        Duration.ofMillis(10)))),
                new Fault(
                        "ping",
                        List.of(PAYLOAD, FEW, EVERY),
                        "Sends messages of two fragments with a ping between them, then echoes. Nothing of it is wrong.",
                        "Answer each ping at once with its payload, and deliver each message whole.",
                        "RFC 6455 5.4",
                        "wscratch connect ':8080/fault/ping/hi?count=2' -n 2",
                        LivenessFaults::ping));
    }

    private static Script still(Handshake.Accepted request, Arguments arguments, Manners manners) {
        return Script.upgraded(Script.head(request), arguments.get(FOR), false, List.of(new Step.Behave(manners)));
    }

    private static Script noPong(Handshake.Accepted request, Arguments arguments) {
        Duration every = arguments.atLeastOneMilli(EVERY);
        Duration timeout = arguments.get(TIMEOUT);
        int pings = (int) Math.max(1, timeout.toMillis() / every.toMillis());
        return Script.upgraded(
                request,
                new Step.Repeat(FrameSerialiser.ping(Frames.utf8("are you there?")), pings, every),
                new Step.Behave(Manners.CLOSING),
                new Step.Send(Frames.close(CloseCode.TIMEOUT, "no pong within " + timeout.toMillis() + "ms")));
    }

    private static Script pingFlood(Handshake.Accepted request, Arguments arguments) {
        ByteBuffer payload = ByteBuffer.allocate(arguments.whole(SIZE));
        return Script.upgraded(
                request,
                new Step.Repeat(
                        FrameSerialiser.ping(payload),
                        arguments.whole(PINGS),
                        Duration.ofNanos(Pace.nanosPerUnit(arguments.whole(RATE)))),
                new Step.Behave(Manners.CLOSING),
                new Step.Send(Frames.close(CloseCode.NORMAL_CLOSURE, "")));
    }

    /** The fragments go out together with the ping, so that no other frame of ours can come between them. */
    private static Script ping(Handshake.Accepted request, Arguments arguments) {
        ByteBuffer pinged = join(
                hex("01 03 48 65 6c"), FrameSerialiser.ping(Frames.utf8(arguments.get(PAYLOAD))), hex("80 02 6c 6f"));
        return Script.upgraded(
                Script.head(request),
                Script.STAY,
                false,
                List.of(new Step.Repeat(pinged, arguments.whole(FEW), arguments.atLeastOneMilli(EVERY))));
    }
}
