package dev.wscratch.transport;

import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * One accepted TCP connection from its first byte to its last: first HTTP, then perhaps a WebSocket.
 *
 * <pre>
 *   accept ──▶ HttpConversation ──101──▶ WebSocketConnection ──▶ gone
 *                    │  ▲                                         ▲
 *                    └──┘ plain requests, one at a time           │
 *                    └──────────── refused, idle, too slow ───────┘
 * </pre>
 */
final class InboundConnection {
    /** What a connection is doing. */
    sealed interface Stage permits HttpConversation, WebSocketConnection {
        /** Takes all of {@code in}; may change its contents. On the selector thread. */
        void received(ByteBuffer in);

        /** Enforces deadlines. On the sweep's thread. */
        void check(long now);

        /** The server stops. On any thread. */
        void stop(CloseReason reason);

        /** The TCP connection is gone; runs once. */
        void gone(Throwable cause);
    }

    private final NIOConnection connection;
    private final Tcp tcp;
    private final InetAddress remote;

    /** Changes once, on the selector thread, when the connection is upgraded. */
    private volatile Stage stage;

    InboundConnection(NIOConnection connection, Http http) {
        this.connection = connection;
        this.tcp = new Tcp(connection);
        this.remote = ((InetSocketAddress) connection.getPeerAddress()).getAddress();
        this.stage = new HttpConversation(this, tcp, http);
    }

    InetAddress remoteAddress() {
        return remote;
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) connection.getLocalAddress();
    }

    /** From now on the bytes are frames. On the selector thread. */
    void upgraded(WebSocketConnection webSocket) {
        stage = webSocket;
    }

    boolean isUpgraded() {
        return stage instanceof WebSocketConnection;
    }

    /** Takes what was read; a stage may leave bytes after its last to the next one. On the selector thread. */
    void received(ByteBuffer in) {
        while (in.hasRemaining()) {
            stage.received(in);
        }
    }

    void check(long now) {
        stage.check(now);
    }

    void stop(CloseReason reason) {
        stage.stop(reason);
    }

    void abort() {
        tcp.abort();
    }

    /** A filter failed on this connection's bytes. */
    void failed(Throwable error) {
        tcp.broken(error);
    }

    /** The TCP connection is gone. */
    void gone() {
        stage.gone(new IOException("the TCP connection ended"));
    }
}
