package dev.wscratch.transport;

import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees the bytes of one connection as they are on the wire, from its opening handshake on: what arrived, masked as it
 * came, and what left; over TLS what is inside. A handshake that is refused is seen as well, unless it is a stranger's.
 *
 * <p>Called on the threads that read and write the connection, so it must not block; the buffers are views that are valid
 * during the call only, so whoever wants to keep bytes copies them, within a bound of its own.
 */
public interface ConnectionTap {
    /** Decides at the handshake which connections are tapped. */
    @FunctionalInterface
    interface Source {
        /** Taps nothing. */
        Source NONE = (head, secure) -> null;

        /**
         * Asked once for each opening handshake whose head can be read, also a bad one, before it is answered; but not when
         * its Origin or Host is refused, since whoever made that browser connect also chose the URL.
         *
         * @param head the request as it came
         * @param secure whether it came over TLS
         * @return the tap, or null for a connection that nobody watches, which then costs nothing
         */
        @Nullable ConnectionTap tap(RequestHead head, boolean secure);
    }

    /** Sends frames beside those of the session. Safe for use by many threads. */
    @FunctionalInterface
    interface FrameSender {
        /**
         * Queues frames so that no other frame comes between them.
         *
         * @param frames whole and unmasked, such as the fragments of one message; not to be changed afterwards
         * @return false when a closing handshake has begun, and nothing is sent
         */
        boolean send(List<ByteBuffer> frames);
    }

    /**
     * Bytes came. The first call shows the request head, whole and nothing else.
     *
     * @param bytes a read-only view
     */
    void received(ByteBuffer bytes);

    /**
     * The handshake was accepted, and an endpoint's session is about to open; never called for a raw connection.
     *
     * @param frames sends to the peer until the connection ends
     */
    default void upgraded(FrameSender frames) {}

    /** {@code @OnOpen} has run, whatever came of it, or is not run at all. On the thread where callbacks run. */
    default void opened() {}

    /**
     * Bytes were handed to the operating system, or are about to be. The first are those of the answer.
     *
     * @param bytes a read-only view
     */
    void sent(ByteBuffer bytes);

    /**
     * The TCP connection is gone.
     *
     * @param cause for a person: who ended it and how
     */
    void ended(String cause);
}
