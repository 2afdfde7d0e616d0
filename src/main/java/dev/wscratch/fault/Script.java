package dev.wscratch.fault;

import dev.wscratch.wire.Extension;
import dev.wscratch.wire.Handshake;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server does on one connection, from its first byte to its last.
 *
 * @param steps in order; the last one ends the connection
 * @param deflate whether the peer may send compressed messages
 */
public record Script(List<Step> steps, boolean deflate) implements Faults.Plan {
    /** A script that has gone wrong is not followed by silence for ever: the connection ends then. */
    static final Duration LINGER = Duration.ofMinutes(1);

    /** For as long as a person may want to look at an endpoint that goes on working. */
    static final Duration STAY = Duration.ofMinutes(5);

    /** Refuses a script that leaves the connection to itself. */
    public Script {
        steps = List.copyOf(steps);
        Step last = steps.isEmpty() ? new Step.Fin() : steps.get(steps.size() - 1);
        if (!(last instanceof Step.Close || last instanceof Step.Cut || last instanceof Step.Reset)) {
            throw new IllegalArgumentException("expected Close, Cut or Reset as the last step, got " + last);
        }
    }

    static Script of(Step... steps) {
        return new Script(List.of(steps), false);
    }

    /**
     * The answer of a good server that speaks every subprotocol: with none chosen, a browser that offered some would refuse,
     * and never see the fault.
     */
    static ByteBuffer head(Handshake.Accepted request, Extension... agreed) {
        return request.response(request.subprotocols().stream().findFirst().orElse(null), List.of(agreed));
    }

    /** A good handshake and good manners, then these steps, then good manners until the peer has enough. */
    static Script upgraded(Handshake.Accepted request, Step... steps) {
        return upgraded(head(request), LINGER, false, List.of(steps));
    }

    /** A good handshake, then these manners until the peer has enough. */
    static Script mannered(Handshake.Accepted request, Manners manners) {
        return upgraded(head(request), STAY, false, List.of(new Step.Behave(manners)));
    }

    static Script upgraded(ByteBuffer head, Duration stay, boolean deflate, List<Step> steps) {
        List<Step> all = new ArrayList<>();
        all.add(new Step.Send(head));
        all.add(new Step.Behave(Manners.GOOD));
        all.addAll(steps);
        all.add(Step.Await.time(stay));
        all.add(new Step.Close());
        return new Script(all, deflate);
    }

    /**
     * A plain HTTP answer instead of an upgrade, and time for the peer to read it.
     *
     * @param headers each a whole line
     */
    static Script answer(int status, String reason, List<String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\nConnection: close\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer all = ByteBuffer.allocate(start.length + bytes.length)
                .put(start)
                .put(bytes)
                .flip();
        // Not closed at once: bytes of the peer that were not read would turn the close into a reset.
        return of(new Step.Send(all), new Step.Fin(), Step.Await.time(Duration.ofSeconds(2)), new Step.Close());
    }
}
