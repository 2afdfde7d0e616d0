package dev.wscratch.message;

import jakarta.websocket.Encoder;
import java.nio.ByteBuffer;

/** Writes {@link OutgoingCbor} as bytes. Named in an endpoint's annotation; safe for use by many threads. */
public final class CborEncoder implements Encoder.Binary<OutgoingCbor> {
    /** Called by the container. */
    public CborEncoder() {}

    @Override
    public ByteBuffer encode(OutgoingCbor outgoing) {
        return MessageWriter.cbor(outgoing.message());
    }
}
