package dev.wscratch.client;

import dev.wscratch.wire.Accept;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.MaskingKeyGenerator;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeInfo;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;

/**
 * What Tyrus calls to reach a server: our own bridge onto Grizzly, not the stock one, which takes three threads a
 * connection, does not notice a server that goes away before its answer, and has no way to stop reading. Public only
 * because Tyrus makes it by reflection; not for users.
 *
 * <p>Tyrus keeps one of its threads for each connection that is being made. So it is asked only when the server's answer
 * is here and right: then it connects on the thread that asks, at once, and needs no thread of its own.
 */
public final class TyrusContainer implements ClientContainer {
    private static final String LINK = "dev.wscratch.client.link";

    private static final ClientManager MANAGER = manager();

    /** Called by Tyrus. */
    public TyrusContainer() {}

    /** Gives Tyrus a connection whose handshake is done; the link has its session when this returns. */
    static void connect(Link link) throws DeploymentException, IOException {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        config.getUserProperties().put(LINK, link);
        var unused = MANAGER.connectToServer(new TyrusCallbacks(link), config, link.uri());
    }

    @Override
    public void openClientSocket(ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
            throws DeploymentException, IOException {
        if (!(config.getUserProperties().get(LINK) instanceof Link link)) {
            throw new DeploymentException("use dev.wscratch.client.WebSocket; this container serves nothing else");
        }
        // Tyrus has a key of its own, and checks the answer to it; the server's was checked before.
        String key = engine.createUpgradeRequest(null).getHeader("Sec-WebSocket-Key");
        TyrusUpgradeResponse response = new TyrusUpgradeResponse();
        response.setStatus(101);
        response.getHeaders().put("Upgrade", List.of("websocket"));
        response.getHeaders().put("Connection", List.of("Upgrade"));
        response.getHeaders().put("Sec-WebSocket-Accept", List.of(Accept.of(key)));
        ClientUpgradeInfo info = engine.processResponse(response, link.outbound(), reason -> {});
        if (info.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
            throw new DeploymentException("expected Tyrus to accept a good answer, got " + info.getUpgradeStatus());
        }
        link.connected(info.createConnection());
    }

    private static ClientManager manager() {
        ClientManager manager = ClientManager.createClient(TyrusContainer.class.getName());
        // Below 0, or Tyrus schedules a task for each message.
        manager.setDefaultMaxSessionIdleTimeout(-1);
        Map<String, Object> properties = manager.getProperties();
        // Whole frames come, of messages that were measured before. Must be an Integer.
        properties.put(ClientProperties.INCOMING_BUFFER_SIZE, Integer.MAX_VALUE);
        MaskingKeyGenerator none = () -> 0;
        properties.put(ClientProperties.MASKING_KEY_GENERATOR, none);
        return manager;
    }
}
