package dev.wscratch.fault;

import static dev.wscratch.fault.Parameter.inPath;
import static dev.wscratch.fault.Parameter.inQuery;

import java.time.Duration;
import java.util.List;

/** Echoes that are legal and yet not what a client counts on. */
final class EchoFaults {
    private static final Parameter<Long> FRAGMENT =
            inPath("size", new Type.Whole(1, 65_536), "1", "bytes of payload of each frame");
    private static final Parameter<Long> RATE = inPath("rate", new Type.Whole(1, 1_000_000), "10", "bytes per second");
    private static final Parameter<Duration> DELAY =
            inQuery("delay", new Type.Time(Duration.ofMinutes(1)), "1s", "before each message");
    private static final Parameter<Duration> JITTER =
            inQuery("jitter", new Type.Time(Duration.ofMinutes(1)), "0ms", "up to so much more, at random");
    private static final Parameter<Long> SEED =
            inQuery("seed", new Type.Whole(0, Long.MAX_VALUE), "1", "the same seed, the same jitter");
    private static final Parameter<Twisted> TWIST =
            inPath("how", new Type.Choice<>(Twisted.class), "duplicate", "what is wrong");

    /** The twists that can be asked for. */
    enum Twisted {
        DUPLICATE(Echo.Twist.DUPLICATE),
        DROP(Echo.Twist.DROP),
        TYPE(Echo.Twist.TYPE),
        TRUNCATE(Echo.Twist.TRUNCATE);

        final Echo.Twist twist;

        Twisted(Echo.Twist twist) {
            this.twist = twist;
        }
    }

    private EchoFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "fragmented-echo",
                        List.of(FRAGMENT),
                        "Echoes in small frames, which may cut a character of text in two.",
                        "Deliver each message whole.",
                        "RFC 6455 5.4",
                        "wscratch connect :8080/fault/fragmented-echo/1 -x hello -n 1",
                        (request, arguments) ->
                                Script.mannered(request, Manners.echoing(Echo.fragmented(arguments.whole(FRAGMENT))))),
                new Fault(
                        "slow-echo",
                        List.of(RATE),
                        "Echoes so many bytes per second, frame headers included.",
                        "Deliver each message whole; a ping may wait until the frame under way is through.",
                        "RFC 6455 5.4",
                        "wscratch connect :8080/fault/slow-echo/5 -x hello -n 1",
                        (request, arguments) ->
                                Script.mannered(request, Manners.echoing(Echo.slow(arguments.whole(RATE))))),
                new Fault(
                        "late-echo",
                        List.of(DELAY, JITTER, SEED),
                        "Echoes each message late, by a delay and a random jitter; the order stays.",
                        "Wait.",
                        "RFC 6455 5.4",
                        "wscratch connect ':8080/fault/late-echo?delay=1s&jitter=500ms' -x hello -n 1",
                        (request, arguments) -> Script.mannered(
                                request,
                                Manners.echoing(
                                        Echo.late(arguments.get(DELAY), arguments.get(JITTER), arguments.get(SEED))))),
                new Fault(
                        "wrong-echo",
                        List.of(TWIST),
                        "Echoes each message twice, every second one never, text as binary and binary as text, or half"
                                + " of each.",
                        "Notice in the application: to the protocol all is well, but for text that was cut inside a"
                                + " character (1007).",
                        "RFC 6455 5.6",
                        "wscratch connect :8080/fault/wrong-echo/duplicate -x hello -n 2",
                        (request, arguments) ->
                                Script.mannered(request, Manners.echoing(Echo.twisted(arguments.get(TWIST).twist)))));
    }
}
