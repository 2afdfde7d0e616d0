package dev.wscratch.inspect;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page says to the inspector: one JSON object of {@code wscratch.inspect.v1} in a text message. */
public sealed interface Command {
    /**
     * {@code watch}: shows the connections of a lab; comes first.
     *
     * @param lab 32 hex digits
     */
    record Watch(String lab) implements Command {
        /** The lab is a key: it is not for logs. */
        @Override
        public String toString() {
            return "Watch[]";
        }
    }

    /**
     * What cannot be obeyed.
     *
     * @param problem the answer
     */
    record Misunderstood(Report.Problem problem) implements Command {}

    /** What is done to one connection of the lab. */
    sealed interface Order extends Command {
        /** {@return the page's number for the order, which is in its answer} */
        long id();

        /** {@return the page's number for the connection} */
        int connection();
    }

    /**
     * {@code ping}: the server pings the connection.
     *
     * @param payload at most 125 bytes
     */
    record Ping(long id, int connection, ByteBuffer payload) implements Order {}

    /**
     * {@code send}: the server sends one message.
     *
     * @param text whether it is text, all parts together valid UTF-8
     * @param parts 1 to 16, one frame each
     */
    record Send(long id, int connection, boolean text, List<ByteBuffer> parts) implements Order {}

    /**
     * {@code close}: the server begins the closing handshake.
     *
     * @param code that a server may send
     * @param reason at most 123 bytes
     */
    record Close(long id, int connection, int code, String reason) implements Order {}

    /**
     * {@code raw}: a client on the server's side connects to the server itself, and sends what no browser would.
     *
     * @param connection by which its own events are known
     * @param path and query of one of the server's endpoints
     * @param headers in place of, or besides, those of a good handshake
     * @param key of the handshake; null for one at random
     * @param bytes written after the answer, at most 64 KiB
     */
    record Raw(long id, int connection, String path, List<Header> headers, @Nullable String key, ByteBuffer bytes)
            implements Order {}

    /**
     * A header of {@link Raw}.
     *
     * @param value null to leave out the one of this name
     */
    record Header(String name, @Nullable String value) {}
}
