package dev.wscratch.message;

import jakarta.websocket.Decoder;
import java.nio.ByteBuffer;

/** Reads bytes as CBOR; never throws. Named in an endpoint's annotation; safe for use by many threads. */
public final class CborDecoder implements Decoder.Binary<IncomingCbor> {
    /** Called by the container. */
    public CborDecoder() {}

    @Override
    public IncomingCbor decode(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new IncomingCbor(MessageReader.cbor(bytes), bytes.length);
    }

    /** {@return true: what is no message is answered, not refused} */
    @Override
    public boolean willDecode(ByteBuffer payload) {
        return true;
    }
}
