package dev.wscratch.fault;

import dev.wscratch.wire.Handshake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When an open connection goes wrong: after some messages were echoed, and after some time. */
final class Moment {
    static final Parameter<Long> MESSAGES =
            Parameter.inQuery("messages", new Type.Whole(0, 1000), "0", "messages to echo before");

    static final Parameter<Duration> DELAY =
            Parameter.inQuery("delay", new Type.Time(Duration.ofMinutes(1)), "0ms", "to wait before");

    private Moment() {}

    /** These parameters, then when. */
    static List<Parameter<?>> and(Parameter<?>... parameters) {
        List<Parameter<?>> all = new ArrayList<>(List.of(parameters));
        all.add(MESSAGES);
        all.add(DELAY);
        return all;
    }

    /** A good connection up to the moment, then these steps, then good manners. */
    static Script script(Handshake.Accepted request, Arguments arguments, Step... steps) {
        List<Step> all = new ArrayList<>(before(arguments));
        all.addAll(List.of(steps));
        return Script.upgraded(request, all.toArray(Step[]::new));
    }

    static List<Step> before(Arguments arguments) {
        List<Step> steps = new ArrayList<>();
        int messages = arguments.whole(MESSAGES);
        if (messages > 0) {
            steps.add(new Step.Await(messages, Script.LINGER));
        }
        Duration delay = arguments.get(DELAY);
        if (!delay.isZero()) {
            steps.add(Step.Await.time(delay));
        }
        return steps;
    }
}
