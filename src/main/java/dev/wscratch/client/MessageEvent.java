package dev.wscratch.client;

/**
 * One whole message from the server.
 *
 * @param data a {@link String} for a text message, a {@link java.nio.ByteBuffer} for a binary one; the buffer is the
 *     receiver's own
 */
public record MessageEvent(Object data) implements Event {
    @Override
    public String type() {
        return "message";
    }
}
