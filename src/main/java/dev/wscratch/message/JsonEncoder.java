package dev.wscratch.message;

import jakarta.websocket.Encoder;

/** Writes {@link OutgoingJson} as text. Named in an endpoint's annotation; safe for use by many threads. */
public final class JsonEncoder implements Encoder.Text<OutgoingJson> {
    /** Called by the container. */
    public JsonEncoder() {}

    @Override
    public String encode(OutgoingJson outgoing) {
        return MessageWriter.json(outgoing.message());
    }
}
