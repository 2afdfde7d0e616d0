package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.ClientHandshake.Established;
import dev.wscratch.wire.ClientHandshake.Failure;
import dev.wscratch.wire.Diagnosis;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.HeaderFields;
import dev.wscratch.wire.ParsedResponse;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.ResponseHead;
import dev.wscratch.wire.ResponseRule;
import dev.wscratch.wire.Rule;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The opening handshake of one connection: {@code wire}'s request, and {@code wire}'s judgement of the answer, which
 * arrives in pieces. Used by one thread at a time.
 */
final class Handshake {
    /** What has come of the answer so far. */
    sealed interface Answer permits Incomplete, Refused, Opened {}

    /** More bytes are needed. */
    record Incomplete() implements Answer {}

    /** The connection is not to be opened. */
    record Refused(ErrorEvent error) implements Answer {}

    /**
     * The connection is open; the bytes behind the head, if any, are left in the buffer.
     *
     * @param subprotocol the chosen one, or empty
     * @param extensions the chosen ones, each of which was offered
     * @param head the answer
     */
    record Opened(String subprotocol, List<Extension> extensions, ResponseHead head) implements Answer {}

    private final ClientHandshake ours;
    private final HeadScanner scanner = new HeadScanner(HeadLimits.DEFAULT);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /**
     * Checks what will be said. It has no Origin of itself: that is a browser's word about a page, and there is none here.
     *
     * @param key the value of Sec-WebSocket-Key
     * @throws IllegalArgumentException if a header cannot be written
     */
    Handshake(Address address, List<HeaderField> headers, List<Extension> extensions, String key) {
        List<HeaderField> lines = new ArrayList<>(headers);
        boolean authorized = headers.stream().anyMatch(line -> line.name().equalsIgnoreCase("Authorization"));
        if (!authorized && !address.credentials().isEmpty()) {
            lines.add(new HeaderField("Authorization", Proxy.basic(address.credentials())));
        }
        ours = new ClientHandshake(
                address.authority(),
                address.target(),
                key,
                address.protocols(),
                extensions,
                lines,
                !address.protocols().isEmpty());
    }

    ByteBuffer request() {
        return ours.request();
    }

    /** {@return what has come of the answer's head} */
    ByteBuffer answer() {
        return ByteBuffer.wrap(head.toByteArray());
    }

    /** Takes bytes of the answer, up to the end of its head. */
    Answer read(ByteBuffer bytes) {
        int start = bytes.position();
        HeadScanner.Step step = scanner.scan(bytes);
        byte[] taken = new byte[bytes.position() - start];
        bytes.get(start, taken);
        head.writeBytes(taken);
        return switch (step) {
            case NEED_INPUT -> new Incomplete();
            case REFUSED -> {
                Refusal refusal = scanner.refusal();
                yield refused(new Failure(refusal.rule(), 0, refusal.expected(), refusal.actual()), HeaderFields.NONE);
            }
            case HEAD ->
                judge(ResponseHead.parse(ByteBuffer.wrap(head.toByteArray()), HeadLimits.DEFAULT), bytes.slice());
        };
    }

    /**
     * Judges the answer.
     *
     * @param behind what came together with the head: of an answer that refuses, the beginning of its body
     */
    private Answer judge(ParsedResponse response, ByteBuffer behind) {
        if (!(response instanceof ResponseHead answer)) {
            return refused((Failure) response, HeaderFields.NONE);
        }
        if (answer.status() != 101) {
            String words = (answer.status() + " " + answer.reason()).strip();
            return new Refused(new ErrorEvent(
                    Step.HANDSHAKE,
                    "the server answered " + words + " instead of 101",
                    answer.status(),
                    answer.headers(),
                    body(behind),
                    Diagnosis.of(ResponseRule.STATUS_NOT_101),
                    null));
        }
        if (ours.judge(answer) instanceof Established established) {
            String subprotocol = established.subprotocol();
            return new Opened(subprotocol == null ? "" : subprotocol, established.extensions(), answer);
        }
        return refused((Failure) ours.judge(answer), answer.headers());
    }

    private static String body(ByteBuffer behind) {
        ByteBuffer some = behind.slice(0, Math.min(behind.remaining(), ErrorEvent.MAX_BODY));
        return StandardCharsets.UTF_8.decode(some).toString();
    }

    private static Refused refused(Failure failure, HeaderFields headers) {
        return refused(failure.rule(), failure.expected(), failure.actual(), headers);
    }

    static Refused refused(Rule rule, String expected, String actual, HeaderFields headers) {
        return new Refused(new ErrorEvent(
                Step.HANDSHAKE,
                "expected " + expected + ", got " + actual + ". " + rule.sentence() + " (" + rule.section() + ")",
                0,
                headers,
                Diagnosis.of(rule),
                null));
    }

    /** In words, for an end of TCP that nobody announced. */
    String endedWhile(Step step) {
        return switch (step) {
            case CONNECT, TLS -> "during the " + step + " step";
            case HANDSHAKE ->
                head.size() == 0
                        ? "without an answer to the handshake; is it a WebSocket server?"
                        : "in the middle of its answer to the handshake";
            case FRAMES -> "without a Close frame";
            case CLOSE -> "without answering our Close frame";
        };
    }
}
