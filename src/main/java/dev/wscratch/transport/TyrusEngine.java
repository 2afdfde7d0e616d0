package dev.wscratch.transport;

import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.tyrus.core.AnnotatedEndpoint;
import org.glassfish.tyrus.core.ComponentProviderService;
import org.glassfish.tyrus.core.DebugContext;
import org.glassfish.tyrus.core.ErrorCollector;
import org.glassfish.tyrus.core.HandshakeException;
import org.glassfish.tyrus.core.ProtocolHandler;
import org.glassfish.tyrus.core.TyrusEndpointWrapper;
import org.glassfish.tyrus.core.TyrusSession;
import org.glassfish.tyrus.core.Version;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.monitoring.EndpointEventListener;
import org.glassfish.tyrus.core.uri.Match;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;

/**
 * Finds the endpoint of a handshake and makes Tyrus's half of a connection, of Tyrus's public parts.
 *
 * <p>Tyrus has such an engine, but keeps to itself the socket that it makes for a connection, and with it the only places
 * where a whole message can be handed over, and taken, as a message. Its own way takes each frame apart again, codes
 * text with a decoder and an encoder of its own, and copies the payload four times each way: of a 16 KiB text echo that
 * was nine tenths of the cost. Here the socket is a {@link MessageSocket}.
 */
final class TyrusEngine implements WebSocketEngine {
    private static final ExtendedExtension.ExtensionContext NO_EXTENSION_STATE = Map::of;

    private final TyrusServerContainer container;
    private final int incomingBufferSize;
    private final SessionEvents events;
    private final ComponentProviderService components = ComponentProviderService.create();
    private final Set<TyrusEndpointWrapper> registered = ConcurrentHashMap.newKeySet();

    /** Endpoints whose whole messages Tyrus would hand to their handlers unchanged. */
    private final Map<TyrusEndpointWrapper, Endpoint> direct = new ConcurrentHashMap<>();

    private final MessageSocket.Sessions opened = new MessageSocket.Sessions();

    /**
     * An engine without endpoints.
     *
     * @param incomingBufferSize in bytes; what {@code @OnMessage(maxMessageSize)} is held against
     * @param events told of sessions and of callbacks that threw
     */
    TyrusEngine(TyrusServerContainer container, int incomingBufferSize, SessionEvents events) {
        this.container = container;
        this.incomingBufferSize = incomingBufferSize;
        this.events = events;
    }

    @Override
    public void register(Class<?> endpointClass, String contextPath) throws DeploymentException {
        ServerEndpoint annotation = endpointClass.getAnnotation(ServerEndpoint.class);
        if (annotation == null) {
            throw new DeploymentException(endpointClass.getName() + ": expected a class with @ServerEndpoint");
        }
        ErrorCollector errors = new ErrorCollector();
        EndpointEventListener listener = events.onEndpointRegistered(annotation.value(), endpointClass);
        AnnotatedEndpoint endpoint = AnnotatedEndpoint.fromClass(
                endpointClass,
                components,
                true,
                incomingBufferSize,
                errors,
                listener,
                container.getInstalledExtensions());
        if (!errors.isEmpty()) {
            throw errors.composeComprehensiveException();
        }
        EndpointConfig config = endpoint.getEndpointConfig();
        TyrusEndpointWrapper wrapper = new TyrusEndpointWrapper(
                endpoint,
                config,
                components,
                container,
                contextPath,
                ((ServerEndpointConfig) config).getConfigurator(),
                opened,
                null,
                listener,
                null);
        register(wrapper);
        if (annotation.decoders().length == 0 && hasNoLimitOfItsOwn(endpointClass)) {
            direct.put(wrapper, endpoint);
        }
    }

    private static boolean hasNoLimitOfItsOwn(Class<?> endpointClass) {
        for (Method method : endpointClass.getMethods()) {
            OnMessage annotation = method.getAnnotation(OnMessage.class);
            if (annotation != null && annotation.maxMessageSize() >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void register(ServerEndpointConfig config, String contextPath) throws DeploymentException {
        Class<?> endpointClass = config.getEndpointClass();
        if (!Endpoint.class.isAssignableFrom(endpointClass)) {
            register(endpointClass, contextPath);
            return;
        }
        register(new TyrusEndpointWrapper(
                endpointClass.asSubclass(Endpoint.class),
                config,
                components,
                container,
                contextPath,
                config.getConfigurator(),
                opened,
                null,
                events.onEndpointRegistered(config.getPath(), endpointClass),
                null));
    }

    private void register(TyrusEndpointWrapper added) throws DeploymentException {
        for (TyrusEndpointWrapper other : registered) {
            if (Match.isEquivalent(added.getEndpointPath(), other.getEndpointPath())) {
                throw new DeploymentException("expected endpoints with different paths, got " + other.getEndpointPath()
                        + " and " + added.getEndpointPath());
            }
        }
        registered.add(added);
    }

    @Override
    public UpgradeInfo upgrade(UpgradeRequest request, UpgradeResponse response) {
        DebugContext debug = new DebugContext();
        List<Match> matches = Match.getAllMatches(request.getRequestUri(), registered, debug);
        if (matches.isEmpty()) {
            response.setStatus(404);
            return new NoConnection(UpgradeStatus.NOT_APPLICABLE);
        }
        Match best = matches.get(0);
        TyrusEndpointWrapper endpoint = best.getEndpointWrapper();
        best.getParameters().forEach((name, value) -> request.getParameterMap().put(name, List.of(value)));
        ServerEndpointConfig config = (ServerEndpointConfig) endpoint.getEndpointConfig();
        if (!config.getConfigurator().checkOrigin(request.getHeader(UpgradeRequest.ORIGIN_HEADER))) {
            response.setStatus(403);
            return new NoConnection(UpgradeStatus.HANDSHAKE_FAILED);
        }
        ProtocolHandler protocol = Version.DRAFT17.createHandler(false, null);
        try {
            protocol.handshake(endpoint, request, response, NO_EXTENSION_STATE);
        } catch (HandshakeException e) {
            response.setStatus(e.getHttpStatusCode());
            return new NoConnection(UpgradeStatus.HANDSHAKE_FAILED);
        }
        return response.getStatus() == 101
                ? new Upgraded(endpoint, protocol, request, response, debug)
                : new NoConnection(UpgradeStatus.HANDSHAKE_FAILED);
    }

    /** A handshake without a connection. */
    private record NoConnection(UpgradeStatus getStatus) implements UpgradeInfo {
        @Override
        public Connection createConnection(Writer writer, Connection.CloseListener listener) {
            throw new IllegalStateException("expected an accepted handshake, got " + getStatus);
        }
    }

    /** A handshake that an endpoint has accepted. */
    private final class Upgraded implements UpgradeInfo {
        private final TyrusEndpointWrapper endpoint;
        private final ProtocolHandler protocol;
        private final UpgradeRequest request;
        private final UpgradeResponse response;
        private final DebugContext debug;

        Upgraded(
                TyrusEndpointWrapper endpoint,
                ProtocolHandler protocol,
                UpgradeRequest request,
                UpgradeResponse response,
                DebugContext debug) {
            this.endpoint = endpoint;
            this.protocol = protocol;
            this.request = request;
            this.response = response;
            this.debug = debug;
        }

        @Override
        public UpgradeStatus getStatus() {
            return UpgradeStatus.SUCCESS;
        }

        @Override
        public Connection createConnection(Writer writer, Connection.CloseListener listener) {
            if (!(writer instanceof TyrusWriter settling)) {
                throw new IllegalArgumentException(
                        "expected a TyrusWriter, got a " + writer.getClass().getName());
            }
            protocol.setWriter(writer);
            MessageSocket socket = new MessageSocket(protocol, endpoint, settling);
            TyrusSession session = socket.open(request, response, debug);
            Endpoint target = direct.get(endpoint);
            DirectHandlers handlers =
                    session == null || target == null ? null : new DirectHandlers(session, target, decoders());
            MessageKinds kinds = session == null ? null : new MessageKinds(session, decoders());
            return new TyrusConnection(protocol, socket, handlers, kinds, writer, listener);
        }

        private List<Class<? extends Decoder>> decoders() {
            return endpoint.getEndpointConfig().getDecoders();
        }
    }
}
