package dev.wscratch.client;

import dev.wscratch.message.CborDecoder;
import dev.wscratch.message.CborEncoder;
import dev.wscratch.message.Format;
import dev.wscratch.message.IncomingCbor;
import dev.wscratch.message.IncomingJson;
import dev.wscratch.message.JsonDecoder;
import dev.wscratch.message.JsonEncoder;
import dev.wscratch.message.Reading;
import dev.wscratch.message.Subprotocol;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TalkClient} on a Jakarta container of the program's own, such as an app server's; elsewhere
 * {@link TalkClient#connect} is simpler.
 *
 * <pre>{@code
 * TalkEndpoint endpoint = new TalkEndpoint();
 * ContainerProvider.getWebSocketContainer().connectToServer(endpoint, URI.create("ws://localhost:8080/talk"));
 * try (TalkClient talk = endpoint.client()) {
 *     talk.echo("Hello");
 * }
 * }</pre>
 *
 * <p>One endpoint is one connection. It offers both formats and speaks the one that the server chooses. Threads, limits, TLS
 * and headers are the container's; what waits to be sent has no bound but the questions that are asked. For a container
 * that closes without the server's Close frame, {@link CloseEvent#wasClean} is false by the code 1006 alone.
 */
@ClientEndpoint(
        subprotocols = {Subprotocol.JSON, Subprotocol.CBOR},
        encoders = {JsonEncoder.class, CborEncoder.class},
        decoders = {JsonDecoder.class, CborDecoder.class})
public final class TalkEndpoint {
    private final TalkCallbacks callbacks = new TalkCallbacks(TalkClient.PATIENCE);

    /** The subprotocol that the server agreed to; null before the session is open. */
    private volatile @Nullable String agreed;

    /** To be given to {@code connectToServer}. */
    public TalkEndpoint() {}

    /**
     * The typed messages of this connection; to be asked for once {@code connectToServer} has returned.
     *
     * @return a client, whose {@code close} closes the session
     * @throws IOException when the server agreed to no subprotocol of {@code /talk}; the session is closed then
     * @throws IllegalStateException when there is no session yet
     */
    public TalkClient client() throws IOException {
        TalkCallbacks.Way way = callbacks.way();
        if (!Subprotocol.JSON.equals(agreed) && !Subprotocol.CBOR.equals(agreed)) {
            way.close(new CloseReason(CloseCode.PROTOCOL_ERROR, "no subprotocol"));
            throw new IOException("expected a server that agrees to " + Subprotocol.JSON + " or " + Subprotocol.CBOR
                    + ", got one that agrees to neither; is it a /talk endpoint?");
        }
        return new TalkClient(callbacks);
    }

    /** Called by the container: the handshake is done. */
    @OnOpen
    public void onOpen(Session session) {
        String subprotocol = session.getNegotiatedSubprotocol();
        agreed = subprotocol == null ? "" : subprotocol;
        callbacks.opened(new TalkSession(session, callbacks));
    }

    /** Called by the container: a text message, as decoded. */
    @OnMessage
    public void onText(IncomingJson message) {
        hear(Format.JSON, message.reading());
    }

    /** Called by the container: a binary message, as decoded. */
    @OnMessage
    public void onBinary(IncomingCbor message) {
        hear(Format.CBOR, message.reading());
    }

    private void hear(Format frame, Reading reading) {
        if (frame.subprotocol().equals(agreed)) {
            callbacks.heard(reading);
        } else {
            callbacks.broken(new IOException("expected messages in " + agreed + ", got one in " + frame));
        }
    }

    /** Called by the container: the connection is of no more use. */
    @OnError
    public void onError(Throwable cause) {
        callbacks.broken(new IOException("the container failed: " + cause.getMessage(), cause));
    }

    /** Called by the container: the connection is over. */
    @OnClose
    public void onClose(jakarta.websocket.CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        // Tomcat says null where there is none.
        String phrase = reason.getReasonPhrase();
        callbacks.closed(
                new CloseEvent(code, phrase == null ? "" : phrase, code != CloseCode.ABNORMAL_CLOSURE.value()));
    }
}
