package dev.wscratch.client;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/** The Jakarta endpoint below a {@link WebSocket}: it translates callbacks, nothing else. */
final class TyrusCallbacks extends Endpoint {
    private final Link link;

    TyrusCallbacks(Link link) {
        this.link = link;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(link.settings().maxMessage());
        session.setMaxBinaryMessageBufferSize(link.settings().maxMessage());
        session.addMessageHandler(String.class, new MessageHandler.Whole<>() {
            @Override
            public void onMessage(String text) {
                link.message(text, text.length());
            }
        });
        session.addMessageHandler(ByteBuffer.class, new MessageHandler.Whole<>() {
            @Override
            public void onMessage(ByteBuffer bytes) {
                link.message(bytes, bytes.remaining());
            }
        });
        link.opened(session);
    }

    /** Tyrus gave up: the server's own Close frame never comes here. */
    @Override
    public void onClose(Session session, CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        link.brokenByPeer(code, code + " " + reason.getReasonPhrase(), null);
    }

    /** Tyrus could not hand over a message. */
    @Override
    public void onError(Session session, Throwable cause) {
        link.brokenByPeer(CloseReason.CloseCodes.PROTOCOL_ERROR.getCode(), String.valueOf(cause.getMessage()), cause);
    }
}
