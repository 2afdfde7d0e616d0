package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake as bytes: the request, and the answer piece by piece as it arrives (RFC 6455 section 4.1). Used
 * by one thread at a time.
 */
final class Handshake {
    /** Longer heads are refused. */
    private static final int MAX_HEAD = 64 << 10;

    private final Address address;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private String key = "";
    private @Nullable ResponseHead response;

    Handshake(Address address) {
        this.address = address;
    }

    /**
     * The request, from the headers that Tyrus made. Its Origin goes: that header is a browser's word about a page, and
     * there is none here.
     */
    ByteBuffer request(Map<String, List<String>> headers) {
        StringBuilder head = new StringBuilder("GET ").append(address.target()).append(" HTTP/1.1\r\n");
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase("Sec-WebSocket-Key")) {
                key = String.join(", ", values);
            }
            if (!name.equalsIgnoreCase("Origin")) {
                head.append(name).append(": ").append(String.join(", ", values)).append("\r\n");
            }
        });
        if (!address.protocols().isEmpty()) {
            head.append("Sec-WebSocket-Protocol: ")
                    .append(String.join(", ", address.protocols()))
                    .append("\r\n");
        }
        head.append("\r\n");
        return ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Takes bytes until the head of the answer is complete.
     *
     * @return what came behind the head: the first frames; null while the head is incomplete
     * @throws IllegalArgumentException if it is no HTTP/1.1 head, or too long
     */
    @Nullable ByteBuffer read(ByteBuffer bytes) {
        int before = read.size();
        byte[] more = new byte[bytes.remaining()];
        bytes.get(more);
        read.writeBytes(more);
        byte[] all = read.toByteArray();
        int end = end(all, Math.max(0, before - 3));
        if (end < 0) {
            if (all.length > MAX_HEAD) {
                throw new IllegalArgumentException(
                        "expected an HTTP head of at most " + MAX_HEAD + " bytes, got more without its end");
            }
            return null;
        }
        response = ResponseHead.parse(new String(all, 0, end, StandardCharsets.ISO_8859_1));
        return ByteBuffer.wrap(all, end, all.length - end);
    }

    /** The answer, once it is complete. */
    @Nullable ResponseHead response() {
        return response;
    }

    /** Why the answer does not open the connection, or null if it does. */
    @Nullable String fault(ResponseHead head) {
        if (head.status() != 101) {
            return "the server answered " + (head.status() + " " + head.reason()).strip() + " instead of 101";
        }
        return head.fault(key, address.protocols());
    }

    /** The subprotocol that the server chose, or empty. */
    String protocol() {
        ResponseHead head = response;
        String chosen = head == null ? null : head.first("Sec-WebSocket-Protocol");
        return chosen == null ? "" : chosen;
    }

    /** In words, for an end of TCP that nobody announced. */
    String endedWhile(Step step) {
        return switch (step) {
            case CONNECT, TLS -> "during the " + step + " step";
            case HANDSHAKE ->
                read.size() == 0
                        ? "without an answer to the handshake; is it a WebSocket server?"
                        : "in the middle of its answer to the handshake";
            case FRAMES -> "without a Close frame";
            case CLOSE -> "without answering our Close frame";
        };
    }

    private static int end(byte[] bytes, int from) {
        for (int i = from; i + 3 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }
}
