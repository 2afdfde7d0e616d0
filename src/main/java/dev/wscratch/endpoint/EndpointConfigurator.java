package dev.wscratch.endpoint;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Builds an endpoint for each connection and hands it its {@link Deployment}; negotiates no extension, so that the bytes
 * on the wire are the message's own, also on app servers that would compress by themselves (RFC 6455 section 9: a server
 * may decline any extension).
 */
public class EndpointConfigurator extends ServerEndpointConfig.Configurator {
    private final Supplier<Deployment> deployment = Deployment.source();

    /** Called by the container, once per deployed endpoint class. */
    public EndpointConfigurator() {}

    /**
     * Makes the endpoint of one connection by its constructor that takes a {@link Deployment}.
     *
     * @param endpointClass one of this package's endpoints
     * @throws InstantiationException when there is no deployment, or the class has no such constructor
     */
    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) throws InstantiationException {
        try {
            return endpointClass.getDeclaredConstructor(Deployment.class).newInstance(deployment.get());
        } catch (InvocationTargetException e) {
            throw failure(endpointClass, e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | IllegalStateException e) {
            throw failure(endpointClass, e);
        }
    }

    private static InstantiationException failure(Class<?> endpointClass, Throwable cause) {
        InstantiationException failure =
                new InstantiationException("cannot make " + endpointClass.getName() + ": " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
