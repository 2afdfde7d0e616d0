package dev.wscratch.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits for the next connection of a {@link ReconnectingWebSocket}, within its bound. Guarded by that one's lock. */
final class UnsentMessages {
    private final long most;
    private final Deque<Object> messages = new ArrayDeque<>();
    private long bytes;

    /** {@code most}: bytes, where each message counts {@link ReconnectSettings#MESSAGE_OVERHEAD} more than it has. */
    UnsentMessages(long most) {
        this.most = most;
    }

    /** Takes a {@code String} or {@code ByteBuffer} of so many bytes; false if there is no room. */
    boolean add(Object message, long size) {
        if (bytes + size + ReconnectSettings.MESSAGE_OVERHEAD * (messages.size() + 1) > most) {
            return false;
        }
        messages.add(message);
        bytes += size;
        return true;
    }

    /** Without what messages count more. */
    long bytes() {
        return bytes;
    }

    /** Sends all, in their order; none is left. */
    void sendAll(WebSocket to) {
        for (@Nullable Object message = messages.poll(); message != null; message = messages.poll()) {
            send(to, message);
        }
        bytes = 0;
    }

    void clear() {
        messages.clear();
        bytes = 0;
    }

    /** Sends one. */
    static void send(WebSocket to, Object message) {
        if (message instanceof String text) {
            to.send(text);
        } else {
            to.send((ByteBuffer) message);
        }
    }
}
