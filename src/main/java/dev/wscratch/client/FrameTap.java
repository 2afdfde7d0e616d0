package dev.wscratch.client;

import dev.wscratch.wire.FrameHeader;
import java.nio.ByteBuffer;

/**
 * Sees every frame of a connection as it passes, control frames too, and the heads of its handshake; a browser shows them in
 * its developer tools only.
 */
@FunctionalInterface
public interface FrameTap {
    /**
     * A frame on its way.
     *
     * @param sent whether it goes to the server
     * @param header as it is on the wire, with the masking key of a frame to the server
     * @param payload unmasked, and compressed if the message is; a copy
     */
    record PassingFrame(boolean sent, FrameHeader header, ByteBuffer payload) {}

    /**
     * The head of a handshake: the request, right before it is sent, and the answer, as it came, also one that refuses. Each
     * redirect that is followed has two more; what is said to a proxy is not shown. Called as {@link #frame}.
     *
     * @param sent whether it is the request
     * @param head a copy of its bytes, up to the empty line; the request may have passwords
     */
    default void handshake(boolean sent, ByteBuffer head) {}

    /**
     * A frame was received whole, or is about to be sent. Called in the order of each direction, on the threads that read
     * and write: it must not block.
     */
    void frame(PassingFrame frame);
}
