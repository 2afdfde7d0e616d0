package dev.wscratch.peers.echo;

import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.List;

/** The same annotated echo for every Jakarta peer. */
@ServerEndpoint("/echo")
public final class EchoEndpoint {
    /**
     * Takes the longest message from the query, {@code /echo?max=1048576}: Tomcat allocates so much for each connection,
     * so that one bound for all of them would cost a thousand connections gigabytes.
     *
     * @param session of this connection
     */
    @OnOpen
    public void onOpen(Session session) {
        for (String max : session.getRequestParameterMap().getOrDefault("max", List.of())) {
            session.setMaxTextMessageBufferSize(Integer.parseInt(max));
            session.setMaxBinaryMessageBufferSize(Integer.parseInt(max));
        }
    }

    /**
     * Answers a text.
     *
     * @param message as received
     * @return the same
     */
    @OnMessage
    public String onText(String message) {
        return message;
    }

    /**
     * Answers bytes.
     *
     * @param message as received
     * @return the same
     */
    @OnMessage
    public ByteBuffer onBinary(ByteBuffer message) {
        return message;
    }
}
