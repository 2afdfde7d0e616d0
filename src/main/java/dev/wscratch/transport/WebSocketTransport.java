package dev.wscratch.transport;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * A listening server: Jakarta endpoints on Tyrus, plain HTTP beside them on the same port, Grizzly below.
 *
 * <p>Endpoints are registered before the listener opens. Handlers run on Grizzly's selector threads, so an endpoint must
 * not block; a synchronous send on such a thread is queued and never waits. Several transports may run in one JVM.
 */
public final class WebSocketTransport implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final int BACKLOG = 1024;
    private static final int READ_BUFFER = 64 << 10;

    private final TransportSettings settings;
    private final TyrusContainer container;
    private final TCPNIOTransport grizzly;
    private final TCPNIOServerConnection listener;
    private final Connections connections;
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
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(settings.host() + ": expected a name or an address of this machine");
        }
        this.container = new TyrusContainer(new LinkedHashSet<>(endpoints), settings.limits());
        this.connections = new Connections(FileDescriptors.within(settings.limits()), settings.proxies());
        this.workers = settings.workers() == 0 ? null : workers(settings.workers());
        this.http = new Http(
                settings,
                address.getAddress().isLoopbackAddress(),
                new Upgrader(container.getWebSocketEngine()),
                pages,
                hooks,
                workers,
                connections,
                new RefusalLog(),
                stopping::get);
        this.grizzly = grizzly();
        TCPNIOServerConnection bound = null;
        try {
            grizzly.setProcessor(FilterChainBuilder.stateless()
                    .add(new TransportFilter())
                    .add(new InboundFilter(this::accept, connections::left))
                    .build());
            grizzly.start();
            bound = grizzly.bind(address, BACKLOG);
        } finally {
            if (bound == null) {
                shutdown();
            }
        }
        this.listener = bound;
        this.sweep = new Sweep(connections, settings.deadlines().sweepMillis());
        hooks.metrics().started(connections::total, connections::queuedBytes);
    }

    private static ExecutorService workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                threads, task -> new Thread(task, "wscratch-worker-" + number.incrementAndGet()));
    }

    private static TCPNIOTransport grizzly() {
        MemoryManager<?> memory = MemoryManager.DEFAULT_MEMORY_MANAGER;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance()
                .setMemoryManager(memory)
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setSelectorRunnersCount(threads)
                .setSelectorThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                        .copy()
                        .setPoolName("wscratch-selector")
                        .setCorePoolSize(threads)
                        .setMaxPoolSize(threads)
                        .setThreadFactory(task ->
                                new SelectorThread("wscratch-selector-" + number.incrementAndGet(), memory, task)))
                .setReadBufferSize(READ_BUFFER)
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .build();
        return transport;
    }

    private @Nullable InboundConnection accept(NIOConnection connection) {
        Tcp tcp = new GrizzlyTcp(connection);
        InboundConnection inbound = new InboundConnection(tcp, http);
        String full = connections.admit(inbound);
        if (full == null) {
            return inbound;
        }
        http.refusals().refused(inbound.remoteAddress(), "status=503", full);
        http.hooks().metrics().rejected("CONNECTIONS_FULL");
        ByteBuffer answer = HttpResponse.text(503, full + "; try again later")
                .with("Retry-After", "5")
                .serialise(true, true);
        tcp.write(answer, new Outbox.Progress() {
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

    /** {@return the port that is listened on; the one that was chosen when 0 was asked for} */
    public int port() {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
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
        connections.live().forEach(InboundConnection::abort);
        shutdown();
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

    private void shutdown() {
        try {
            grizzly.unbindAll();
            grizzly.shutdownNow();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listener did not close properly", e);
        }
        if (workers != null) {
            workers.shutdown();
        }
        container.stop();
    }
}
