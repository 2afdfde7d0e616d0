package dev.wscratch.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection failed; a close event with code 1006 follows. A browser tells a page no more than that, this event says
 * where and why.
 *
 * @param step how far the connection had come
 * @param message what was expected, what was found, in one sentence; text of the peer in it is not escaped
 * @param status the HTTP status with which the server refused the handshake, or 0 if it sent none
 * @param cause the exception below, if there was one
 */
public record ErrorEvent(Step step, String message, int status, @Nullable Throwable cause) implements Event {
    /** How far a connection had come when it failed. */
    public enum Step {
        /** Finding the host and reaching its port. */
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

    @Override
    public String type() {
        return "error";
    }
}
