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
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnectorHandler;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/** The bytes below a {@link Link}: one Grizzly connection, plain or TLS, on the shared transport. */
final class Wire extends BaseFilter {
    private final Link link;
    private final ByteBuffer greeting;

    /** Null without TLS. */
    private volatile Tls.@Nullable Layer tls;

    /** Set by the selector when TCP is connected. */
    private volatile @Nullable Connection<?> connection;

    /** Whether {@link #end} was called, maybe before TCP was connected. */
    private volatile boolean ended;

    /**
     * Not connected yet.
     *
     * @param greeting what to write first
     */
    Wire(Link link, ByteBuffer greeting) {
        this.link = link;
        this.greeting = greeting;
    }

    /**
     * Starts to connect and returns; the look-up of the host may block.
     *
     * @throws IOException if the host is unknown
     */
    void connect(Address address) throws IOException {
        InetSocketAddress remote = new InetSocketAddress(address.uri().getHost(), address.port());
        if (remote.isUnresolved()) {
            throw new IOException("unknown host " + address.uri().getHost());
        }
        TCPNIOTransport transport = SharedTransport.transport();
        FilterChainBuilder chain = FilterChainBuilder.stateless().add(new TransportFilter());
        if (address.isSecure()) {
            Tls.Layer layer = Tls.filter(address, link);
            chain.add(layer);
            tls = layer;
        }
        TCPNIOConnectorHandler connector = TCPNIOConnectorHandler.builder(transport)
                .processor(chain.add(this).build())
                .build();
        connector.connect(remote, new EmptyCompletionHandler<>() {
            @Override
            public void failed(Throwable cause) {
                link.fail(
                        Step.CONNECT,
                        "cannot reach " + remote.getHostString() + " port " + remote.getPort() + ": "
                                + cause.getMessage(),
                        0,
                        cause);
            }
        });
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
        Connection<?> to = context.getConnection();
        connection = to;
        if (ended) {
            to.terminateSilently();
            return context.getStopAction();
        }
        link.reached(Step.HANDSHAKE);
        write(to, greeting, new EmptyCompletionHandler<>());
        return context.getInvokeAction();
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

    private static void write(
            Connection<?> to, ByteBuffer bytes, EmptyCompletionHandler<WriteResult<Buffer, Object>> handler) {
        // Grizzly's own raw type: the address is null, for the connection's peer.
        @SuppressWarnings("unchecked")
        Connection<Object> typed = (Connection<Object>) to;
        typed.write(Buffers.wrap(to.getMemoryManager(), bytes), handler);
    }
}
