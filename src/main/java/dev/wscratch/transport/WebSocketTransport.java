package dev.wscratch.transport;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * A listening server: Jakarta endpoints on Tyrus, plain HTTP beside them on the same port, Grizzly below.
 *
 * <p>Endpoints are registered before the listener opens. Handlers run on Grizzly's selector threads, so an endpoint must
 * not block; a synchronous send on such a thread is queued and never waits. Several transports may run in one JVM.
 */
public final class WebSocketTransport implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    private final TransportSettings settings;
    private final TyrusContainer container;
    private final Listeners listeners;
    private final Connections connections;
    private final DeflateBudget deflate;
    private final @Nullable ExecutorService workers;
    private final Http http;
    private final Sweep sweep;

    /** True from the first moment of a stop: new upgrades are answered by 503. */
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * Registers the endpoints, then opens the listener.
     *
     * @param settings where to listen, bounds
     * @param endpoints annotated classes; their configurators are created on this thread, now
     * @param pages answers plain HTTP requests; runs on selector threads and must not block
     * @param hooks who looks on
     * @return a running transport
     * @throws IOException when the port cannot be had: {@link java.net.BindException}
     * @throws DeploymentException when an endpoint class is not right
     */
    public static WebSocketTransport start(
            TransportSettings settings, List<Class<?>> endpoints, HttpHandler pages, Hooks hooks)
            throws IOException, DeploymentException {
        return new WebSocketTransport(settings, endpoints, pages, hooks);
    }

    private WebSocketTransport(TransportSettings settings, List<Class<?>> endpoints, HttpHandler pages, Hooks hooks)
            throws IOException, DeploymentException {
        this.settings = settings;
        this.container = new TyrusContainer(new LinkedHashSet<>(endpoints), settings.limits());
        this.deflate = new DeflateBudget(settings.limits().deflateMemory());
        Limits limits = FileDescriptors.within(settings.limits());
        this.connections = new Connections(limits, settings.proxies());
        this.workers = settings.workers() == 0 ? null : workers(settings.workers());
        RefusalLog refusals = new RefusalLog();
        this.http = new Http(
                settings,
                isLoopback(settings.host()),
                new Upgrader(
                        container.getWebSocketEngine(),
                        deflate,
                        settings.limits().maxMessage()),
                pages,
                hooks,
                workers,
                connections,
                refusals,
                stopping::get);
        Listeners opened = null;
        try {
            opened = new Listeners(settings, this::accept, connections::left, refusals);
        } finally {
            if (opened == null) {
                stopThreads();
            }
        }
        this.listeners = opened;
        this.sweep = new Sweep(
                connections,
                NativeMemory.watch(deflate).andThen(opened::refresh),
                settings.deadlines().sweepMillis());
        hooks.metrics().started(connections::total, connections::queuedBytes);
        hooks.metrics().compressing(deflate);
        // Not before the port was had: a start that fails says one line, why.
        FileDescriptors.report(settings.limits(), limits);
    }

    /** A name that does not resolve is none; the listener then says so. */
    private static boolean isLoopback(String host) {
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        return address != null && address.isLoopbackAddress();
    }

    private static ExecutorService workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                threads, task -> new Thread(task, "wscratch-worker-" + number.incrementAndGet()));
    }

    private @Nullable InboundConnection accept(NIOConnection connection, @Nullable TlsFilter tls) {
        Tcp tcp = new GrizzlyTcp(connection, tls);
        InboundConnection inbound = new InboundConnection(tcp, http);
        String full = connections.admit(inbound);
        if (full == null) {
            return inbound;
        }
        http.refusals().refused(inbound.remoteAddress(), "status=503", full);
        http.hooks().metrics().rejected("CONNECTIONS_FULL");
        if (tcp.isSecure()) {
            // An answer would need a whole TLS handshake first.
            tcp.abort("too many connections");
            return null;
        }
        ByteBuffer answer = HttpResponse.text(503, full + "; try again later")
                .with("Retry-After", "5")
                .serialise(true, true);
        tcp.write(List.of(answer), new Outbox.Progress() {
            @Override
            public void advanced() {}

            @Override
            public void completed() {
                tcp.close();
            }

            @Override
            public void failed(Throwable cause) {
                tcp.broken(cause);
            }
        });
        return null;
    }

    /** {@return whether it takes new upgrades: true from start to the first moment of a stop} */
    public boolean isReady() {
        return !stopping.get();
    }

    /** {@return what compressed connections hold} */
    DeflateBudget deflate() {
        return deflate;
    }

    /** {@return the port of plain connections, also when 0 was asked for; -1 when there is none} */
    public int port() {
        return listeners.port();
    }

    /** {@return the port of TLS connections, also when 0 was asked for; -1 when there is none} */
    public int tlsPort() {
        return listeners.tlsPort();
    }

    /**
     * Stops: no new upgrades, 1001 to every session, time to drain, then the rest is cut off and the port is free.
     *
     * <p>Blocks for at most the drain deadline and a little; a second call does nothing.
     */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        long until = System.nanoTime() + settings.deadlines().drain().toNanos();
        tellGoingAway();
        try {
            connections.awaitNoneUpgraded(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } catch (InterruptedException e) {
            // The caller wants to be done sooner: what is left is cut off now.
            Thread.currentThread().interrupt();
        }
        sweep.close();
        connections.live().forEach(connection -> connection.abort("the time to stop was over"));
        try {
            listeners.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listener did not close properly", e);
        }
        stopThreads();
    }

    private void tellGoingAway() {
        CloseReason goingAway = new CloseReason(CloseCode.GOING_AWAY, "server stops");
        List<InboundConnection> sessions = List.copyOf(connections.live());
        long gap = settings.deadlines().spread().toNanos() / Math.max(1, sessions.size());
        for (InboundConnection session : sessions) {
            session.stop(goingAway);
            if (gap > 0) {
                LockSupport.parkNanos(gap);
            }
        }
    }

    private void stopThreads() {
        if (workers != null) {
            workers.shutdown();
        }
        container.stop();
    }
}
