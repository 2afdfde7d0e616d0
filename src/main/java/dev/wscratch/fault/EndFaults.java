package dev.wscratch.fault;

import static dev.wscratch.fault.Frames.hello;
import static dev.wscratch.fault.Frames.hex;
import static dev.wscratch.fault.Frames.join;
import static dev.wscratch.fault.Parameter.inPath;
import static dev.wscratch.fault.Parameter.inQuery;

import dev.wscratch.wire.Handshake;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a connection ends, well and badly (RFC 6455 sections 5.5.1 and 7). */
final class EndFaults {
    /** How TCP ends. */
    enum Tcp {
        FIN,
        CUT,
        RESET,
        HALF_CLOSE
    }

    /** What comes instead of the rest of a frame. */
    enum Rest {
        SILENCE,
        FIN,
        CUT,
        RESET
    }

    /** Close frames that say nothing sensible. */
    enum Payload {
        ONE_BYTE("88 01 03"),
        BAD_UTF8("88 04 03 e8 c3 28");

        final String frame;

        Payload(String frame) {
            this.frame = frame;
        }
    }

    private static final Parameter<Long> CODE =
            inPath("code", new Type.Whole(0, 65_535), "1000", "the close code, also one that must not travel");
    private static final Parameter<String> REASON = inQuery("reason", new Type.Text(123), "", "the reason");
    private static final Parameter<Payload> PAYLOAD =
            inPath("how", new Type.Choice<>(Payload.class), "one-byte", "what is wrong");
    private static final Parameter<Duration> FOR =
            inQuery("for", new Type.Time(Duration.ofMinutes(2)), "30s", "until TCP is closed");
    private static final Parameter<Long> COUNT = inQuery("count", new Type.Whole(1, 1000), "1", "messages after it");
    private static final Parameter<Tcp> TCP = inPath(
            "how",
            new Type.Choice<>(Tcp.class),
            "fin",
            "how it ends; over TLS all but cut and reset say close_notify before FIN");
    private static final Parameter<Rest> REST = inPath(
            "then",
            new Type.Choice<>(Rest.class),
            "silence",
            "what comes instead of the rest; over TLS fin is close_notify and FIN, cut is FIN alone");
    private static final Parameter<Long> ANNOUNCED = inQuery(
            "announced", new Type.Whole(6, Long.MAX_VALUE), "1000", "bytes of payload that the header announces");

    /** A reset in the same moment could overtake what was sent before. */
    private static final Step.Await FLUSH = Step.Await.time(Duration.ofMillis(50));

    private EndFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "close",
                        Moment.and(CODE, REASON),
                        "Closes with a code and a reason; after some messages and some time, if asked.",
                        "Answer with a Close frame and report code and reason; fail the connection (1002) for a code"
                                + " that must not travel.",
                        "RFC 6455 7.4",
                        "wscratch connect ':8080/fault/close/4001?reason=bye&messages=1' -x hello",
                        (request, arguments) -> closing(
                                request, arguments, Frames.close(arguments.whole(CODE), arguments.get(REASON)))),
                new Fault(
                        "close-empty",
                        Moment.and(),
                        "Closes without a code.",
                        "Answer with a Close frame and report 1005.",
                        "RFC 6455 7.1.5",
                        "wscratch connect :8080/fault/close-empty",
                        (request, arguments) -> closing(request, arguments, hex("88 00"))),
                new Fault(
                        "bad-close",
                        Moment.and(PAYLOAD),
                        "Closes with half a code, or with a reason that is not UTF-8.",
                        "Fail the connection: 1002 for half a code, 1007 for the reason.",
                        "RFC 6455 5.5.1",
                        "wscratch connect :8080/fault/bad-close/one-byte",
                        (request, arguments) -> closing(request, arguments, hex(arguments.get(PAYLOAD).frame))),
                new Fault(
                        "data-after-close",
                        Moment.and(COUNT),
                        "Closes with 1000, and goes on sending messages.",
                        "Ignore what comes after the Close frame, and report 1000.",
                        "RFC 6455 5.5.1",
                        "wscratch connect :8080/fault/data-after-close",
                        (request, arguments) -> closing(
                                request,
                                arguments,
                                join(
                                        Frames.close(1000, ""),
                                        join(Collections.nCopies(arguments.whole(COUNT), hello(0x81))
                                                .toArray(ByteBuffer[]::new))))),
                new Fault(
                        "no-close",
                        List.of(FOR),
                        "Echoes; the client's Close frame is not answered, and TCP stays open for a while.",
                        "Give up at its own deadline, and report 1006.",
                        "RFC 6455 7.1.1",
                        "wscratch connect ':8080/fault/no-close?for=1m' -x hello -n 1",
                        (request, arguments) -> staying(request, arguments, Manners.Closing.IGNORE)),
                new Fault(
                        "no-fin",
                        List.of(FOR),
                        "Echoes; answers the client's Close frame, but leaves TCP open for a while.",
                        "May end TCP itself after a reasonable time, and report what the Close frame said.",
                        "RFC 6455 7.1.1",
                        "wscratch connect ':8080/fault/no-fin?for=1m' -x hello -n 1",
                        (request, arguments) -> staying(request, arguments, Manners.Closing.ANSWER_AND_STAY)),
                new Fault(
                        "tcp",
                        Moment.and(TCP, FOR),
                        "Ends the connection without a Close frame: by FIN, by FIN without TLS's close_notify, by RST, or by FIN"
                                + " while it reads on.",
                        "Report 1006.",
                        "RFC 6455 7.1.5",
                        "wscratch connect ':8080/fault/tcp/reset?delay=1s'",
                        EndFaults::tcp),
                new Fault(
                        "mid-frame",
                        Moment.and(REST, ANNOUNCED, FOR),
                        "Announces a long frame and sends five bytes of it; then silence, FIN, FIN without TLS's"
                                + " close_notify, or RST.",
                        "Not deliver the piece; refuse a length beyond its own limit (1009) at once; report 1006 when"
                                + " TCP ends.",
                        "RFC 6455 7.1.5",
                        "wscratch connect :8080/fault/mid-frame/fin",
                        EndFaults::midFrame));
    }

    private static Script closing(Handshake.Accepted request, Arguments arguments, ByteBuffer bytes) {
        return Moment.script(request, arguments, new Step.Behave(Manners.CLOSING), new Step.Send(bytes));
    }

    /** The time counts from the opening. */
    private static Script staying(Handshake.Accepted request, Arguments arguments, Manners.Closing closing) {
        return Script.upgraded(
                Script.head(request), arguments.get(FOR), false, List.of(new Step.Behave(Manners.GOOD.with(closing))));
    }

    private static Script tcp(Handshake.Accepted request, Arguments arguments) {
        List<Step> steps = start(request, arguments);
        switch (arguments.get(TCP)) {
            case FIN -> steps.add(new Step.Close());
            case CUT -> steps.add(new Step.Cut());
            case RESET -> {
                steps.add(FLUSH);
                steps.add(new Step.Reset());
            }
            case HALF_CLOSE -> {
                steps.add(new Step.Behave(Manners.SILENT));
                steps.add(new Step.Fin());
                steps.add(Step.Await.time(arguments.get(FOR)));
                steps.add(new Step.Close());
            }
        }
        return new Script(steps, false);
    }

    private static Script midFrame(Handshake.Accepted request, Arguments arguments) {
        List<Step> steps = start(request, arguments);
        steps.add(new Step.Behave(Manners.SILENT));
        steps.add(new Step.Send(join(Frames.header(0x81, arguments.get(ANNOUNCED)), Frames.utf8("Hello"))));
        switch (arguments.get(REST)) {
            case SILENCE -> {
                steps.add(Step.Await.time(arguments.get(FOR)));
                steps.add(new Step.Close());
            }
            case FIN -> steps.add(new Step.Close());
            case CUT -> steps.add(new Step.Cut());
            case RESET -> {
                steps.add(FLUSH);
                steps.add(new Step.Reset());
            }
        }
        return new Script(steps, false);
    }

    private static List<Step> start(Handshake.Accepted request, Arguments arguments) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Send(Script.head(request)));
        steps.add(new Step.Behave(Manners.GOOD));
        steps.addAll(Moment.before(arguments));
        return steps;
    }
}
