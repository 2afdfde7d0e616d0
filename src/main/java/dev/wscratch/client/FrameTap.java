package dev.wscratch.client;

import dev.wscratch.wire.FrameHeader;
import java.nio.ByteBuffer;

/** Sees every frame of a connection as it passes, control frames too; a browser shows them in its developer tools only. */
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
     * A frame was received whole, or is about to be sent. Called in the order of each direction, on the threads that read
     * and write: it must not block.
     */
    void frame(PassingFrame frame);
}
