package dev.wscratch.client;

import dev.wscratch.message.IncomingJson;
import dev.wscratch.message.JsonDecoder;
import dev.wscratch.message.JsonEncoder;
import dev.wscratch.message.Subprotocol;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;

/**
 * The Jakarta endpoint below a {@link TalkClient} that speaks JSON: it translates callbacks, nothing else. Public only because
 * Jakarta WebSocket calls the methods of public classes; not for users.
 */
@ClientEndpoint(subprotocols = Subprotocol.JSON, encoders = JsonEncoder.class, decoders = JsonDecoder.class)
public final class TalkJson {
    private final TalkCallbacks callbacks;

    TalkJson(TalkCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** The handshake is done. */
    @OnOpen
    public void onOpen(Session session) {
        callbacks.opened(session);
    }

    /** A whole message, as decoded. */
    @OnMessage
    public void onMessage(IncomingJson message) {
        callbacks.heard(message.reading());
    }

    /** The connection is of no more use. */
    @OnError
    public void onError(Throwable cause) {
        callbacks.failed(cause);
    }

    /** The connection is over. */
    @OnClose
    public void onClose(CloseReason reason) {
        callbacks.closed(reason);
    }
}
