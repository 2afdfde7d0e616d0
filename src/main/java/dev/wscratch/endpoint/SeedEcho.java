package dev.wscratch.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * The tutorial's echo: each message is answered by the text {@code Echo: <message>}.
 *
 * <p>A binary message is read as UTF-8, with U+FFFD for what is not, as a JavaScript template string does.
 */
@ServerEndpoint(value = "/", configurator = EndpointConfigurator.class)
public final class SeedEcho {
    private final Connection connection;

    /**
     * Made by {@link EndpointConfigurator}, once per connection.
     *
     * @param deployment of the server that the connection came to
     */
    public SeedEcho(Deployment deployment) {
        this.connection = new Connection(deployment, "/");
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
        return connection.accepts(session, "text", Utf8.length(message)) ? "Echo: " + message : null;
    }

    /**
     * Answers bytes as if they were text.
     *
     * @param message as received
     * @param session of this connection
     * @return the answer, or null when the session was closed instead
     * @throws IOException when the session cannot be closed
     */
    @OnMessage
    public @Nullable String onBinary(ByteBuffer message, Session session) throws IOException {
        return connection.accepts(session, "binary", message.remaining()) ? "Echo: " + UTF_8.decode(message) : null;
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
