package dev.wscratch.transport;

import dev.wscratch.wire.DeflateParameters;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusExtension;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus's container without a network: it knows the endpoints and upgrades requests that the transport brings it.
 */
final class TyrusContainer extends TyrusServerContainer {
    /** Tyrus's incoming buffer holds a whole frame with its header (RFC 6455 section 5.2: up to 10 bytes unmasked). */
    private static final int FRAME_OVERHEAD = 16;

    private final WebSocketEngine engine;

    /** While an endpoint is registered that is to be offered no extension; touched by the starting thread only. */
    private boolean asksForNothing;

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
        engine = new TyrusEngine(this, limits.maxMessage() + FRAME_OVERHEAD, new SessionEvents());
        for (Class<?> endpoint : endpoints) {
            register(endpoint);
        }
        doneDeployment();
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        asksForNothing = !asksForExtensions(endpointClass);
        try {
            engine.register(endpointClass, "");
        } finally {
            asksForNothing = false;
        }
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, "");
    }

    /**
     * What an endpoint's configurator is offered. It is a name only: Tyrus's own classes for it are not used, and the
     * parameters are for {@link CompressionOffer} to agree on.
     */
    @Override
    public Set<Extension> getInstalledExtensions() {
        return asksForNothing ? Set.of() : Set.of(new TyrusExtension(DeflateParameters.NAME));
    }

    /**
     * {@return whether the endpoint's configurator has its own word on extensions} Jakarta's default accepts whatever is
     * installed, and compression is not to begin because somebody was silent.
     */
    private static boolean asksForExtensions(Class<?> endpointClass) {
        ServerEndpoint endpoint = endpointClass.getAnnotation(ServerEndpoint.class);
        try {
            return endpoint != null
                    && endpoint.configurator()
                                    .getMethod("getNegotiatedExtensions", List.class, List.class)
                                    .getDeclaringClass()
                            != ServerEndpointConfig.Configurator.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("expected every configurator to have getNegotiatedExtensions", e);
        }
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
