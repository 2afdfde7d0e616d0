package dev.wscratch.transport;

import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sees the bytes of one connection as they are on the wire: what arrived, masked as it came, and what left.
 *
 * <p>Called on the threads that read and write the connection, so it must not block; the buffers are views that are valid
 * during the call only, so whoever wants to keep bytes copies them, within a bound of its own.
 */
public interface ConnectionTap {
    /** Decides at the handshake which connections are tapped. */
    @FunctionalInterface
    interface Source {
        /** Taps nothing. */
        Source NONE = head -> null;

        /**
         * Asked once for each handshake that Tyrus accepted, before its 101 is sent.
         *
         * @param head the request as it came
         * @return the tap, or null for a connection that nobody watches, which then costs nothing
         */
        @Nullable ConnectionTap tap(RequestHead head);
    }

    /**
     * Bytes came. The first are the request head.
     *
     * @param bytes a read-only view
     */
    void received(ByteBuffer bytes);

    /**
     * Bytes were handed to the operating system, or are about to be. The first are the response head.
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
