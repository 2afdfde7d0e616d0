package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnectorHandler;
import org.jspecify.annotations.Nullable;

/** The bytes below a {@link Link}: one Grizzly connection, plain or TLS, maybe through a proxy, on the shared transport. */
final class Wire extends BaseFilter {
    private final Link link;
    private final @Nullable Proxy proxy;

    /** Null without TLS. */
    private volatile Tls.@Nullable Layer tls;

    /** Set by the selector when TCP is connected. */
    private volatile @Nullable Connection<?> connection;

    /** Whether {@link #end} was called, maybe before TCP was connected. */
    private volatile boolean ended;

    /** Not connected yet. */
    Wire(Link link, @Nullable Proxy proxy) {
        this.link = link;
        this.proxy = proxy;
    }

    /**
     * Starts to connect and returns; the look-up of the host may block.
     *
     * @throws IOException if the host is unknown
     */
    void connect(Address address) throws IOException {
        Proxy by = proxy;
        String host = by == null ? address.uri().getHost() : by.host();
        int port = by == null ? address.port() : by.port();
        String what = by == null ? "" : "the proxy ";
        InetSocketAddress remote = new InetSocketAddress(host, port);
        if (remote.isUnresolved()) {
            throw new IOException("expected a host that has an address, got the unknown host " + what + host
                    + "; check the spelling, or the network");
        }
        FilterChain chain = chain(address);
        if (by != null) {
            chain = FilterChainBuilder.stateless()
                    .add(new TransportFilter())
                    .add(new Tunnel(link, this, by.request(address), chain))
                    .build();
        }
        TCPNIOConnectorHandler connector = TCPNIOConnectorHandler.builder(SharedTransport.transport())
                .processor(chain)
                .build();
        connector.connect(remote, new EmptyCompletionHandler<>() {
            @Override
            public void failed(Throwable cause) {
                link.fail(
                        Step.CONNECT,
                        "cannot reach " + what + host + " port " + port + ": " + cause.getMessage(),
                        0,
                        cause);
            }
        });
    }

    private FilterChain chain(Address address) throws IOException {
        FilterChainBuilder chain = FilterChainBuilder.stateless().add(new TransportFilter());
        if (address.isSecure()) {
            Tls.Layer layer = Tls.filter(address, link);
            chain.add(layer);
            tls = layer;
        }
        return chain.add(this).build();
    }

    /** Queues bytes behind those that wait; never blocks. */
    void write(ByteBuffer bytes, Runnable done, Consumer<Throwable> failed) {
        Connection<?> to = connection;
        if (to == null) {
            failed.accept(new IOException("not connected"));
            return;
        }
        write(to, bytes, new EmptyCompletionHandler<>() {
            @Override
            public void completed(WriteResult<Buffer, Object> result) {
                done.run();
            }

            @Override
            public void failed(Throwable cause) {
                failed.accept(cause);
            }
        });
    }

    /** Ends TCP when what waits is written, or a second later. */
    void end() {
        ended = true;
        Connection<?> to = connection;
        Tls.Layer layer = tls;
        if (to != null) {
            if (layer != null) {
                layer.sayGoodbye(to);
            }
            to.closeSilently();
            var unused = SharedTransport.after(Link.END_DEADLINE, to::terminateSilently);
        }
    }

    @Override
    public NextAction handleConnect(FilterChainContext context) {
        if (!uses(context.getConnection())) {
            return context.getStopAction();
        }
        link.tcpConnected();
        return context.getInvokeAction();
    }

    /** {@return whether the connection is wanted still}; if not, it is ended. */
    boolean uses(Connection<?> made) {
        connection = made;
        if (ended) {
            made.terminateSilently();
        }
        return !ended;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Buffer bytes = context.getMessage();
        link.read(bytes.toByteBuffer());
        return link.pause(context) ? context.getSuspendAction() : context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        link.tcpEnded();
        return context.getInvokeAction();
    }

    @Override
    public void exceptionOccurred(FilterChainContext context, Throwable error) {
        link.broken(error);
    }

    static void write(Connection<?> to, ByteBuffer bytes, EmptyCompletionHandler<WriteResult<Buffer, Object>> handler) {
        // Grizzly's own raw type: the address is null, for the connection's peer.
        @SuppressWarnings("unchecked")
        Connection<Object> typed = (Connection<Object>) to;
        typed.write(Buffers.wrap(to.getMemoryManager(), bytes), handler);
    }
}
