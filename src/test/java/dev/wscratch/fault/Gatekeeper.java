package dev.wscratch.fault;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.tyrus.spi.UpgradeResponse;

/** An endpoint whose configurator does to the handshake what the query asks for. */
@ServerEndpoint(
        value = "/gate",
        subprotocols = {"v1", "v2"},
        configurator = Gatekeeper.Gate.class)
public final class Gatekeeper {
    private static final AtomicInteger OPENED = new AtomicInteger();

    static int timesOpened() {
        return OPENED.get();
    }

    @OnOpen
    public void onOpen() {
        OPENED.incrementAndGet();
    }

    @OnMessage
    public String onText(String message) {
        return message;
    }

    /** {@code status=N} answers N, {@code echo=X} returns X in a header, {@code throw=X} fails. */
    public static final class Gate extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            List<String> status = request.getParameterMap().get("status");
            if (status != null) {
                // The Jakarta API has no way to refuse; Tyrus's own response does.
                ((UpgradeResponse) response).setStatus(Integer.parseInt(status.get(0)));
            }
            List<String> echo = request.getParameterMap().get("echo");
            if (echo != null) {
                response.getHeaders().put("X-Echo", echo);
            }
            if (request.getParameterMap().containsKey("throw")) {
                throw new IllegalStateException("a configurator that fails with a secret");
            }
        }
    }
}
