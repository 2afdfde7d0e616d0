package dev.wscratch.endpoint;

import dev.wscratch.inspect.Peer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Does to a session what its page asks for. */
record SessionPeer(Session session) implements Peer {
    @Override
    public void ping(ByteBuffer payload) throws IOException {
        session.getAsyncRemote().sendPing(payload);
    }

    @Override
    public void sendText(List<String> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            session.getBasicRemote().sendText(parts.get(i), i == parts.size() - 1);
        }
    }

    @Override
    public void sendBinary(List<ByteBuffer> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            session.getBasicRemote().sendBinary(parts.get(i), i == parts.size() - 1);
        }
    }

    @Override
    public void close(int code, String reason) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    }
}
