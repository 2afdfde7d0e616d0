package dev.wscratch.peers.tyrus;

import dev.wscratch.peers.echo.EchoEndpoint;
import dev.wscratch.peers.echo.PeerArguments;
import jakarta.websocket.DeploymentException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.Server;

/** Its threads are the container's own: a selector per core and a pool of workers. It has no TLS. */
public final class StockTyrus {
    private StockTyrus() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws DeploymentException, InterruptedException {
        PeerArguments arguments = PeerArguments.of(args);
        if (arguments.tls()) {
            throw new IllegalArgumentException("Tyrus's stock container has no TLS: expected PORT alone");
        }
        Map<String, Object> properties =
                Map.of(TyrusWebSocketEngine.INCOMING_BUFFER_SIZE, PeerArguments.MAX_MESSAGE + 1024);
        new Server(PeerArguments.HOST, arguments.port(), "/", properties, EchoEndpoint.class).start();
        PeerArguments.ready();
        new CountDownLatch(1).await();
    }
}
