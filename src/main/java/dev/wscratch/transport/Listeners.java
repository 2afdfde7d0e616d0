package dev.wscratch.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.transport.TCPNIOBindingHandler;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/** The ports that are listened on, plain and TLS, and the selector threads that serve both. */
final class Listeners {
    private static final int BACKLOG = 1024;

    /** The most that one read takes, in bytes. */
    static final int READ_BUFFER = 64 << 10;

    private final AcceptStrategy accepting = new AcceptStrategy();
    private final TCPNIOTransport grizzly = grizzly(accepting);
    private final @Nullable KeyMaterial keys;
    private final @Nullable TCPNIOServerConnection plain;
    private final @Nullable TCPNIOServerConnection secure;

    /**
     * Opens the ports.
     *
     * @param settings where
     * @param accept makes what stands for a new connection
     * @param left told when such a connection is gone
     * @param refusals told of peers that cannot agree on TLS
     * @throws IOException when a port cannot be had or the key material cannot be used; then nothing is left open
     */
    Listeners(
            TransportSettings settings,
            InboundFilter.Accept accept,
            Consumer<InboundConnection> left,
            RefusalLog refusals)
            throws IOException {
        TlsSettings tls = settings.tls();
        this.keys = tls == null ? null : new KeyMaterial(tls);
        TCPNIOServerConnection boundPlain = null;
        TCPNIOServerConnection boundSecure = null;
        boolean complete = false;
        try {
            grizzly.start();
            if (settings.port() >= 0) {
                FilterChainBuilder chain = FilterChainBuilder.stateless().add(new TransportFilter());
                boundPlain = bind(settings, settings.port(), chain.add(new InboundFilter(null, accept, left)));
            }
            if (tls != null && keys != null) {
                TlsFilter filter = new TlsFilter(keys, refusals);
                FilterChainBuilder chain = FilterChainBuilder.stateless()
                        .add(new TransportFilter())
                        .add(filter);
                boundSecure = bindSecure(settings, tls.port(), chain.add(new InboundFilter(filter, accept, left)));
            }
            complete = true;
        } finally {
            if (!complete) {
                grizzly.shutdownNow();
            }
        }
        this.plain = boundPlain;
        this.secure = boundSecure;
    }

    private TCPNIOServerConnection bindSecure(TransportSettings settings, int port, FilterChainBuilder chain)
            throws IOException {
        try {
            return bind(settings, port, chain);
        } catch (BindException e) {
            BindException named = new BindException(TlsSettings.PORT_TAKEN + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private TCPNIOServerConnection bind(TransportSettings settings, int port, FilterChainBuilder chain)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(settings.host() + ": expected a name or an address of this machine");
        }
        return TCPNIOBindingHandler.builder(grizzly)
                .processor(chain.build())
                .build()
                .bind(address, BACKLOG);
    }

    private static TCPNIOTransport grizzly(AcceptStrategy accepting) {
        MemoryManager<?> memory = MemoryManager.DEFAULT_MEMORY_MANAGER;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        return TCPNIOTransportBuilder.newInstance()
                .setMemoryManager(memory)
                .setIOStrategy(accepting)
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
    }

    /** {@return the port of plain connections; -1 when there is none} */
    int port() {
        return port(plain);
    }

    /** {@return the port of TLS connections; -1 when there is none} */
    int tlsPort() {
        return port(secure);
    }

    private static int port(@Nullable TCPNIOServerConnection listener) {
        return listener == null ? -1 : ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** Accepts again after a rest, and reads the key material again if it has changed; called by the sweep. */
    void refresh(long now) {
        accepting.resume();
        if (keys != null) {
            keys.refresh(now);
        }
    }

    /** Closes the ports and ends the threads; connections that live are cut. */
    void close() throws IOException {
        grizzly.unbindAll();
        grizzly.shutdownNow();
    }
}
