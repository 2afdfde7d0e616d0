package dev.wscratch.client;

/**
 * One whole message from the server.
 *
 * @param data a {@link String} for a text message; for a binary one a {@link java.nio.ByteBuffer} or {@code byte[]}, as
 *     {@link WebSocket#binaryType} says when it is delivered. The receiver's own
 * @param origin scheme, host and port of the server, such as {@code ws://localhost:8080}
 */
public record MessageEvent(Object data, String origin) implements Event {
    @Override
    public String type() {
        return "message";
    }
}
