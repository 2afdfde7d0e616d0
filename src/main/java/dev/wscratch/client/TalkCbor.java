package dev.wscratch.client;

import dev.wscratch.message.CborDecoder;
import dev.wscratch.message.CborEncoder;
import dev.wscratch.message.IncomingCbor;
import dev.wscratch.message.Subprotocol;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;

/**
 * The Jakarta endpoint below a {@link TalkClient} that speaks CBOR: it translates callbacks, nothing else. Public only because
 * Jakarta WebSocket calls the methods of public classes; not for users.
 */
@ClientEndpoint(subprotocols = Subprotocol.CBOR, encoders = CborEncoder.class, decoders = CborDecoder.class)
public final class TalkCbor {
    private final TalkCallbacks callbacks;

    TalkCbor(TalkCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** The handshake is done. */
    @OnOpen
    public void onOpen(Session session) {
        callbacks.opened(session);
    }

    /** A whole message, as decoded. */
    @OnMessage
    public void onMessage(IncomingCbor message) {
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
