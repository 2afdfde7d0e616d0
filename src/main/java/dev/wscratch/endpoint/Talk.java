package dev.wscratch.endpoint;

import dev.wscratch.message.CborDecoder;
import dev.wscratch.message.CborEncoder;
import dev.wscratch.message.Format;
import dev.wscratch.message.IncomingCbor;
import dev.wscratch.message.IncomingJson;
import dev.wscratch.message.JsonDecoder;
import dev.wscratch.message.JsonEncoder;
import dev.wscratch.message.Message;
import dev.wscratch.message.Reading;
import dev.wscratch.message.Subprotocol;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Typed messages: a {@link Message.Request} is answered by {@link Message.Reply}s, in JSON, or in CBOR where that was
 * agreed on. What is no request is answered too, and the connection lives on.
 */
@ServerEndpoint(
        value = "/talk",
        configurator = EndpointConfigurator.class,
        subprotocols = {Subprotocol.JSON, Subprotocol.CBOR},
        encoders = {JsonEncoder.class, CborEncoder.class},
        decoders = {JsonDecoder.class, CborDecoder.class})
public final class Talk {
    private final Deployment deployment;
    private final Connection connection;

    /** Set when the session opens, which is before anything else; touched by this connection's callbacks only. */
    private @Nullable Conversation conversation;

    /**
     * Made by {@link EndpointConfigurator}, once per connection.
     *
     * @param deployment of the server that the connection came to
     */
    public Talk(Deployment deployment) {
        this.deployment = deployment;
        this.connection = new Connection(deployment, "/talk");
    }

    /**
     * The handshake is done.
     *
     * @param session of this connection
     */
    @OnOpen
    public void onOpen(Session session) {
        connection.opened(session);
        conversation = new Conversation(session, deployment);
    }

    /**
     * Answers a text message.
     *
     * @param message as decoded
     * @param session of this connection
     */
    @OnMessage
    public void onText(IncomingJson message, Session session) {
        hear(Format.JSON, message.reading(), "text", message.bytes(), session);
    }

    /**
     * Answers a binary message.
     *
     * @param message as decoded
     * @param session of this connection
     */
    @OnMessage
    public void onBinary(IncomingCbor message, Session session) {
        hear(Format.CBOR, message.reading(), "binary", message.bytes(), session);
    }

    /** Lets nothing escape: some app servers close the session with a code of their own on an exception. */
    private void hear(Format frame, Reading reading, String kind, int bytes, Session session) {
        Conversation with = conversation;
        try {
            if (connection.accepts(session, kind, bytes) && with != null) {
                with.hear(frame, reading);
            }
        } catch (SendQueue.SlowPeerException e) {
            connection.tooSlow(session, e);
        } catch (IOException | RuntimeException e) {
            connection.brokeOff(session, e);
        }
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
        if (conversation != null) {
            conversation.end();
        }
        connection.closed(reason);
    }
}
