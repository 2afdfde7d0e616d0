package dev.wscratch.server;

import dev.wscratch.endpoint.Deployment;
import dev.wscratch.endpoint.Inspect;
import dev.wscratch.inspect.About;
import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Partner;
import dev.wscratch.transport.ClientNetwork;
import dev.wscratch.transport.ConnectionTap;
import dev.wscratch.transport.Hooks;
import dev.wscratch.transport.HttpHandler;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.RawConnection;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TransportMetrics;
import dev.wscratch.transport.TransportSettings;
import dev.wscratch.transport.WebSocketTransport;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a server together of its parts and starts them, all or none.
 *
 * @param host where it listens
 * @param settings of the connections
 * @param operations settings of the port of health and metrics; null when they have none of their own
 * @param endpoints but the inspector's
 * @param features what else it has
 */
record Composition(
        String host,
        TransportSettings settings,
        @Nullable TransportSettings operations,
        List<Class<?>> endpoints,
        Features features) {
    /** What a server may have besides endpoints and page. */
    record Features(boolean metrics, boolean faults, boolean inspector) {}

    Composition {
        List<Class<?>> all = new ArrayList<>(endpoints);
        if (features.inspector()) {
            all.add(Inspect.class);
        }
        endpoints = List.copyOf(all);
        checkPorts(settings, operations);
    }

    /** No two of them are the same; 0 is another one each time. */
    private static void checkPorts(TransportSettings settings, @Nullable TransportSettings operations) {
        TlsSettings tls = settings.tls();
        if (tls != null && tls.port() > 0 && tls.port() == settings.port()) {
            throw new IllegalArgumentException(
                    TlsSettings.PORT_TAKEN + "expected another port than that of plain connections, got " + tls.port());
        }
        if (operations == null || operations.port() == 0) {
            return;
        }
        if (operations.port() == settings.port()) {
            throw new IllegalArgumentException(WscratchServer.MANAGEMENT_PORT
                    + "expected another port than the server's own, got " + operations.port());
        }
        if (tls != null && operations.port() == tls.port()) {
            throw new IllegalArgumentException(WscratchServer.MANAGEMENT_PORT
                    + "expected another port than that of TLS connections, got " + operations.port());
        }
    }

    /**
     * What runs.
     *
     * @param management the port of health and metrics; null when they have none of their own
     * @param ready whether it takes connections
     */
    record Running(
            WebSocketTransport transport,
            @Nullable WebSocketTransport management,
            Deployment deployment,
            AtomicBoolean ready) {
        void close() {
            ready.set(false);
            transport.close();
            if (management != null) {
                management.close();
            }
            deployment.close();
        }
    }

    /** As {@link WscratchServer.Builder#start}. */
    Running start() throws IOException {
        AtomicBoolean ready = new AtomicBoolean();
        ServerMetrics counts = features.metrics() ? new ServerMetrics(version()) : null;
        WebSocketTransport management = null;
        try {
            if (operations != null) {
                HttpHandler only = new Operations(counts, ready::get, head -> HttpResponse.text(404, "not found"));
                management = management(operations, only);
            }
            Running running = start(counts, management, ready);
            ready.set(true);
            management = null;
            return running;
        } catch (DeploymentException e) {
            throw new IllegalArgumentException("an endpoint cannot be deployed: " + e.getMessage(), e);
        } finally {
            if (management != null) {
                management.close();
            }
        }
    }

    private Running start(@Nullable ServerMetrics counts, @Nullable WebSocketTransport management, AtomicBoolean ready)
            throws IOException, DeploymentException {
        FaultMount mount = features.faults() ? new FaultMount() : null;
        HttpHandler own = new Poll(new Pages(paths(), features.inspector()));
        HttpHandler pages = mount == null ? own : mount.pages(own);
        HttpHandler handler = management == null ? new Operations(counts, ready::get, pages) : pages;
        Labs labs = features.inspector() ? new Labs(about(-1)) : null;
        Deployment deployment = new Deployment(
                settings.limits().maxMessage(),
                Deployment.Sends.BY_SERVER,
                labs,
                session -> ClientNetwork.of(session, settings.proxies()));
        Hooks hooks = new Hooks(
                counts == null ? TransportMetrics.NONE : counts,
                labs == null ? ConnectionTap.Source.NONE : new InspectorMount(labs),
                mount == null ? RawConnection.Source.NONE : mount);
        WebSocketTransport transport =
                deployment.whileStarting(() -> WebSocketTransport.start(settings, endpoints, handler, hooks));
        if (labs != null) {
            labs.listening(about(transport.tlsPort()), partner(transport.port()));
        }
        return new Running(transport, management, deployment, ready);
    }

    private static WebSocketTransport management(TransportSettings settings, HttpHandler pages)
            throws IOException, DeploymentException {
        try {
            return WebSocketTransport.start(settings, List.of(), pages, Hooks.NONE);
        } catch (BindException e) {
            BindException named = new BindException(WscratchServer.MANAGEMENT_PORT + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private About about(int tlsPort) {
        return new About(
                true,
                version(),
                settings.limits().maxMessage(),
                settings.limits().maxFragments(),
                features.faults(),
                tlsPort,
                settings.limits().controlFramesPerSecond());
    }

    private @Nullable Partner partner(int plainPort) {
        return plainPort < 0
                ? null
                : new LoopbackPartner(new ServerAddress(host).reachable(), plainPort, features.faults());
    }

    /** As the jar's manifest says. */
    private static String version() {
        String version = WscratchServer.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Set<String> paths() {
        return endpoints.stream()
                .map(endpoint -> endpoint.getAnnotation(ServerEndpoint.class))
                .map(ServerEndpoint::value)
                .collect(Collectors.toUnmodifiableSet());
    }
}
