package dev.wscratch.client;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;

/**
 * What Tyrus calls to reach a server: our own bridge onto Grizzly, not the stock one, which takes three threads a
 * connection, does not notice a server that goes away before its answer, and has no way to stop reading. Public only
 * because Tyrus makes it by reflection; not for users.
 */
public final class TyrusContainer implements ClientContainer {
    /** Messages may be this long, as in other Java clients; one longer than this fails the connection. */
    static final int MAX_MESSAGE = 16 << 20;

    /** Far more than the moment of Tyrus's shutdown lasts. */
    private static final int MOST_ATTEMPTS = 10_000;

    private static final String LINK = "dev.wscratch.client.link";

    /** Tyrus copies the properties of this map when a connection is asked for; guarded by the manager itself. */
    private static final ClientManager MANAGER = manager();

    /** Called by Tyrus. */
    public TyrusContainer() {}

    /**
     * Starts to connect, and returns at once; Tyrus's own thread does the rest.
     *
     * <p>When its last connection ends, Tyrus shuts down its threads, and it may hand them to a new connection in that
     * very moment; asked again, it makes new ones.
     */
    static void connect(Link link) throws DeploymentException {
        for (int attempt = 1; ; attempt++) {
            try {
                connectOnce(link);
                return;
            } catch (RejectedExecutionException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void connectOnce(Link link) throws DeploymentException {
        synchronized (MANAGER) {
            MANAGER.getProperties().put(LINK, link);
            try {
                // The outcome comes by the link's callbacks, so that the future has nothing to tell.
                var unused = MANAGER.asyncConnectToServer(new TyrusCallbacks(link), link.uri());
            } finally {
                MANAGER.getProperties().remove(LINK);
            }
        }
    }

    @Override
    public void openClientSocket(ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
            throws DeploymentException, IOException {
        if (!(properties.get(LINK) instanceof Link link)) {
            throw new DeploymentException("use dev.wscratch.client.WebSocket; this container serves nothing else");
        }
        link.connect(engine);
    }

    private static ClientManager manager() {
        ClientManager manager = ClientManager.createClient(TyrusContainer.class.getName());
        // Below 0, or Tyrus schedules a task for each message.
        manager.setDefaultMaxSessionIdleTimeout(-1);
        manager.setDefaultMaxTextMessageBufferSize(MAX_MESSAGE);
        manager.setDefaultMaxBinaryMessageBufferSize(MAX_MESSAGE);
        // Holds a frame of the longest message and what the same read brought behind it. Must be an Integer.
        manager.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, MAX_MESSAGE + (4 << 20));
        manager.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, 2 * (int) Link.HANDSHAKE_DEADLINE);
        return manager;
    }
}
