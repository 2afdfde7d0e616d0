package dev.wscratch.message;

import dev.wscratch.wire.Utf8;
import jakarta.websocket.Decoder;

/** Reads text as JSON; never throws. Named in an endpoint's annotation; safe for use by many threads. */
public final class JsonDecoder implements Decoder.Text<IncomingJson> {
    /** Called by the container. */
    public JsonDecoder() {}

    @Override
    public IncomingJson decode(String text) {
        return new IncomingJson(MessageReader.json(text), (int) Math.min(Utf8.length(text), Integer.MAX_VALUE));
    }

    /** {@return true: what is no message is answered, not refused} */
    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
