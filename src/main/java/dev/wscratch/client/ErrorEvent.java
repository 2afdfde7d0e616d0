package dev.wscratch.client;

import dev.wscratch.wire.Diagnosis;
import dev.wscratch.wire.HeaderFields;
import org.jspecify.annotations.Nullable;

/**
 * The connection failed; a close event with code 1006 follows. A browser tells a page no more than that, so that a page
 * cannot look around in a network that is not its own; a program may know, and this event says where and why.
 *
 * @param step how far the connection had come
 * @param message what was expected, what was found, in one sentence; text of the peer in it is not escaped
 * @param status the HTTP status with which the server refused the handshake, or 0 if it sent none
 * @param headers of that answer, as the peer wrote them; empty if there was none
 * @param body the beginning of that answer's body, as far as it came together with the head: at most {@value #MAX_BODY}
 *     bytes, read as UTF-8 and not escaped; often empty
 * @param diagnosis what it means, whose doing it is, and what to try; null where there is no general advice
 * @param cause the exception below, if there was one
 */
public record ErrorEvent(
        Step step,
        String message,
        int status,
        HeaderFields headers,
        String body,
        @Nullable Diagnosis diagnosis,
        @Nullable Throwable cause)
        implements Event {
    /** The most bytes of {@link #body}. */
    static final int MAX_BODY = 1_024;

    /** One without a body. */
    public ErrorEvent(
            Step step,
            String message,
            int status,
            HeaderFields headers,
            @Nullable Diagnosis diagnosis,
            @Nullable Throwable cause) {
        this(step, message, status, headers, "", diagnosis, cause);
    }

    /** How far a connection had come when it failed. */
    public enum Step {
        /** Finding the host and reaching its port, by a proxy if there is one. */
        CONNECT,
        /** The TLS handshake of {@code wss}. */
        TLS,
        /** The HTTP request and its answer, RFC 6455 section 4. */
        HANDSHAKE,
        /** The frames of an open connection. */
        FRAMES,
        /** The closing handshake, RFC 6455 section 7. */
        CLOSE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A failure that no answer of the server is about. */
    static ErrorEvent of(Step step, String message, @Nullable Diagnosis diagnosis, @Nullable Throwable cause) {
        return new ErrorEvent(step, message, 0, HeaderFields.NONE, diagnosis, cause);
    }

    @Override
    public String type() {
        return "error";
    }
}
