package dev.wscratch.client;

import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/**
 * The Jakarta endpoint below a {@link WebSocket}: it translates callbacks, nothing else. Public only because Jakarta
 * WebSocket calls the methods of public classes; not for users.
 */
@ClientEndpoint
public final class TyrusCallbacks {
    private final Link link;

    TyrusCallbacks(Link link) {
        this.link = link;
    }

    /** The handshake is done. */
    @OnOpen
    public void onOpen(Session session) {
        link.opened(session);
    }

    /** A whole text message. */
    @OnMessage
    public void onText(String message) {
        link.message(message, message.length());
    }

    /** A whole binary message. */
    @OnMessage
    public void onBinary(ByteBuffer message) {
        link.message(message, message.remaining());
    }

    /** Tyrus gave up: the server's own Close frame never comes here. */
    @OnClose
    public void onClose(CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        link.brokenByPeer(code, code + " " + reason.getReasonPhrase(), null);
    }

    /** Tyrus could not hand over a message. */
    @OnError
    public void onError(Throwable cause) {
        link.brokenByPeer(CloseReason.CloseCodes.PROTOCOL_ERROR.getCode(), String.valueOf(cause.getMessage()), cause);
    }
}
