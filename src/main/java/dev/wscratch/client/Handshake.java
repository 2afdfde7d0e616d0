package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.ClientHandshake.Established;
import dev.wscratch.wire.ClientHandshake.Failure;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import dev.wscratch.wire.ParsedResponse;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of one connection: {@code wire}'s request, and {@code wire}'s judgement of the answer, which
 * arrives in pieces. Used by one thread at a time.
 */
final class Handshake {
    /** What has come of the answer so far. */
    sealed interface Answer permits Incomplete, Refused, Opened {}

    /** More bytes are needed. */
    record Incomplete() implements Answer {}

    /**
     * The connection is not to be opened.
     *
     * @param status of the answer if it was not 101, else 0
     */
    record Refused(String message, int status) implements Answer {}

    /**
     * The connection is open; the bytes behind the head, if any, are left in the buffer.
     *
     * @param head the answer
     * @param subprotocol the chosen one, or empty
     */
    record Opened(ResponseHead head, String subprotocol) implements Answer {}

    private final Address address;
    private final HeadScanner scanner = new HeadScanner(HeadLimits.DEFAULT);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable ClientHandshake ours;

    Handshake(Address address) {
        this.address = address;
    }

    /**
     * The request. It has no Origin: that is a browser's word about a page, and there is none here.
     *
     * @param key the value of Sec-WebSocket-Key, which Tyrus chose and will check again
     */
    ByteBuffer request(String key) {
        ours = new ClientHandshake(
                address.authority(),
                address.target(),
                key,
                address.protocols(),
                List.of(),
                List.of(),
                !address.protocols().isEmpty());
        return ours.request();
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
                yield refused(new Failure(refusal.rule(), 0, refusal.expected(), refusal.actual()));
            }
            case HEAD -> judge(ResponseHead.parse(ByteBuffer.wrap(head.toByteArray()), HeadLimits.DEFAULT));
        };
    }

    private Answer judge(ParsedResponse response) {
        if (!(response instanceof ResponseHead answer) || ours == null) {
            return refused((Failure) response);
        }
        if (answer.status() != 101) {
            String words = (answer.status() + " " + answer.reason()).strip();
            return new Refused("the server answered " + words + " instead of 101", answer.status());
        }
        if (ours.judge(answer) instanceof Established established) {
            return new Opened(answer, established.subprotocol() == null ? "" : established.subprotocol());
        }
        return refused((Failure) ours.judge(answer));
    }

    private static Refused refused(Failure failure) {
        return new Refused(
                "expected " + failure.expected() + ", got " + failure.actual() + ". "
                        + failure.rule().sentence() + " (" + failure.rule().section() + ")",
                0);
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
