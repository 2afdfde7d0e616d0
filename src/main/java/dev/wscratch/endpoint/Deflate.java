package dev.wscratch.endpoint;

import dev.wscratch.wire.Utf8;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The echo of {@link Echo} with compression, where the client offers it (RFC 7692): to see what it does to the bytes on the
 * wire. Do not compress secrets together with what a stranger chose: the length would tell of both.
 */
@ServerEndpoint(value = "/deflate", configurator = CompressingConfigurator.class)
public final class Deflate {
    private final Connection connection;

    /**
     * Made by {@link CompressingConfigurator}, once per connection.
     *
     * @param deployment of the server that the connection came to
     */
    public Deflate(Deployment deployment) {
        this.connection = new Connection(deployment, "/deflate");
    }

    /**
     * The handshake is done.
     *
     * @param session of this connection
     */
    @OnOpen
    public void onOpen(Session session) {
        connection.opened(session);
    }

    /**
     * Answers a text.
     *
     * @param message as received
     * @param session of this connection
     * @return the answer, or null when the session was closed instead
     * @throws IOException when the session cannot be closed
     */
    @OnMessage
    public @Nullable String onText(String message, Session session) throws IOException {
        return connection.accepts(session, "text", Utf8.length(message)) ? message : null;
    }

    /**
     * Answers bytes.
     *
     * @param message as received
     * @param session of this connection
     * @return the answer, or null when the session was closed instead
     * @throws IOException when the session cannot be closed
     */
    @OnMessage
    public @Nullable ByteBuffer onBinary(ByteBuffer message, Session session) throws IOException {
        return connection.accepts(session, "binary", message.remaining()) ? message : null;
    }

    /**
     * A callback failed.
     *
     * @param session of this connection
     * @param error why
     * @throws IOException when the session cannot be closed
     */
    @OnError
    public void onError(Session session, Throwable error) throws IOException {
        connection.failed(session, error);
    }

    /**
     * The connection is over.
     *
     * @param reason code and text
     */
    @OnClose
    public void onClose(CloseReason reason) {
        connection.closed(reason);
    }
}
