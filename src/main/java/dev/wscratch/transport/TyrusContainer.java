package dev.wscratch.transport;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.DebugContext;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus's container without a network: it knows the endpoints and upgrades requests that the transport brings it.
 */
final class TyrusContainer extends TyrusServerContainer {
    /** Tyrus's incoming buffer holds a whole frame with its header (RFC 6455 section 5.2: up to 10 bytes unmasked). */
    private static final int FRAME_OVERHEAD = 16;

    private final WebSocketEngine engine;

    /**
     * Makes a container and registers the endpoints.
     *
     * @param endpoints annotated classes
     * @param limits message limits
     * @throws DeploymentException when a class is not a proper endpoint or two share a path
     */
    TyrusContainer(Set<Class<?>> endpoints, Limits limits) throws DeploymentException {
        super(endpoints);
        // Below zero Tyrus schedules no idle timer; its default of zero schedules one for each message.
        setDefaultMaxSessionIdleTimeout(-1);
        setDefaultMaxTextMessageBufferSize(limits.maxMessage());
        setDefaultMaxBinaryMessageBufferSize(limits.maxMessage());
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(limits.maxMessage() + FRAME_OVERHEAD)
                .applicationEventListener(new SessionEvents())
                .tracingType(DebugContext.TracingType.OFF)
                .tracingThreshold(DebugContext.TracingThreshold.TRACE)
                .build();
        for (Class<?> endpoint : endpoints) {
            register(endpoint);
        }
        doneDeployment();
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, "");
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, "");
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }
}
