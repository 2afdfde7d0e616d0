package dev.wscratch.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** The last filter of Grizzly's chain: hands what is accepted, read and closed to an {@link InboundConnection}. */
final class InboundFilter extends BaseFilter {
    private static final Attribute<InboundConnection> INBOUND =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(InboundFilter.class.getName() + ".inbound");

    /** Makes what stands for a new connection. */
    @FunctionalInterface
    interface Accept {
        /**
         * Called once for each accepted connection.
         *
         * @return null when the connection was refused
         */
        @Nullable InboundConnection accept(NIOConnection connection, @Nullable TlsFilter tls);
    }

    private final @Nullable TlsFilter tls;
    private final Accept accept;
    private final Consumer<InboundConnection> left;

    /**
     * Makes the filter.
     *
     * @param tls the filter below; null without TLS
     * @param accept asked about each connection
     * @param left told when a connection that {@code accept} made is gone
     */
    InboundFilter(@Nullable TlsFilter tls, Accept accept, Consumer<InboundConnection> left) {
        this.tls = tls;
        this.accept = accept;
        this.left = left;
    }

    @Override
    public NextAction handleAccept(FilterChainContext ctx) throws IOException {
        NIOConnection connection = (NIOConnection) ctx.getConnection();
        InboundConnection inbound = accept.accept(connection, tls);
        if (inbound != null) {
            INBOUND.set(connection, inbound);
            connection.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> {
                left.accept(inbound);
                inbound.gone();
            });
        }
        return ctx.getStopAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        Buffer message = ctx.getMessage();
        InboundConnection inbound = INBOUND.get(ctx.getConnection());
        if (inbound != null) {
            inbound.received(contiguous(message));
        }
        message.tryDispose();
        return ctx.getStopAction();
    }

    /**
     * Reads a plain connection without the chain that leads here, straight from its socket. The end of the stream
     * is left to the chain, which comes to the same and ends the connection.
     *
     * @return false when the chain is to read
     */
    static boolean readPlain(Connection<?> connection) {
        if (!(Thread.currentThread() instanceof SelectorThread thread)
                || !(connection instanceof NIOConnection nio)
                || !(nio.getChannel() instanceof SocketChannel socket)) {
            return false;
        }
        InboundConnection inbound = INBOUND.get(nio);
        if (inbound == null || inbound.isSecure()) {
            return false;
        }
        ByteBuffer in = thread.input();
        try {
            if (socket.read(in) < 0) {
                return false;
            }
        } catch (IOException unreadable) {
            // Grizzly would make the end of the stream of it, and nobody could tell a reset from a FIN.
            inbound.failed(unreadable);
            return true;
        }
        try {
            inbound.received(in.flip());
        } catch (RuntimeException | Error e) {
            inbound.failed(e);
        }
        return true;
    }

    /** TLS may hand over several buffers as one. */
    private static ByteBuffer contiguous(Buffer message) {
        ByteBuffer bytes = message.toByteBuffer();
        if (!bytes.isReadOnly()) {
            return bytes;
        }
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void exceptionOccurred(FilterChainContext ctx, Throwable error) {
        InboundConnection inbound = INBOUND.get(ctx.getConnection());
        if (inbound != null) {
            inbound.failed(error);
        }
    }
}
