package dev.wscratch.transport;

import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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
    sealed interface Stage permits HttpConversation, WebSocketConnection, RawStage {
        /** Takes all of {@code in}; may change its contents. On the selector thread. */
        void received(ByteBuffer in);

        /** Enforces deadlines. On the sweep's thread. */
        void check(long now);

        /** The server stops. On any thread. */
        void stop(CloseReason reason);

        /** The TCP connection is gone; runs once. */
        void gone(Throwable cause);

        /** {@return bytes that wait to be sent} */
        long queuedBytes();

        /** {@return how far it has come, for the words about its end} */
        TcpEnd.Phase phase();
    }

    private final Tcp tcp;
    private final InetAddress remote;
    private final long acceptedAt = System.nanoTime();

    /** The client behind trusted proxies, else the remote address; set for each request, by the selector thread. */
    private volatile InetAddress client;

    /** The address behind a proxy that this connection counts for; guarded by this object's monitor. */
    private @Nullable InetAddress counted;

    /** Counts for nobody any more; guarded by this object's monitor. */
    private boolean gone;

    /** Null while nobody watches; set once, by the selector thread, under this object's monitor. */
    private volatile @Nullable ConnectionTap tap;

    /** Why the connection is gone; guarded by this object's monitor. */
    private @Nullable IOException ended;

    /** Changes once, on the selector thread, when the connection is upgraded; written under this object's monitor. */
    private volatile Stage stage;

    InboundConnection(Tcp tcp, Http http) {
        this.tcp = tcp;
        this.remote = tcp.remoteAddress().getAddress();
        this.client = remote;
        this.stage = new HttpConversation(this, tcp, http);
    }

    InetAddress remoteAddress() {
        return remote;
    }

    /** {@return whether there is TLS below} */
    boolean isSecure() {
        return tcp.isSecure();
    }

    InetSocketAddress localAddress() {
        return tcp.localAddress();
    }

    /** {@return when the connection was accepted, by {@link System#nanoTime}} */
    long acceptedAt() {
        return acceptedAt;
    }

    /** {@return the client's own address, as far as it is known} */
    InetAddress clientAddress() {
        return client;
    }

    void clientIs(InetAddress address) {
        client = address;
    }

    /** Counts for an address behind a proxy, unless the connection is gone. */
    synchronized boolean countFor(InetAddress address) {
        if (gone) {
            return false;
        }
        counted = address;
        return true;
    }

    /** {@return the address that this connection counted for, once; from now on it counts for none} */
    synchronized @Nullable InetAddress stopCounting() {
        gone = true;
        InetAddress address = counted;
        counted = null;
        return address;
    }

    /** From now on the bytes are somebody else's. On the selector thread. */
    void become(Stage next) {
        IOException already;
        synchronized (this) {
            stage = next;
            already = ended;
        }
        if (already != null) {
            // The connection went while it was upgraded: only the stage before was told.
            next.gone(already);
        }
    }

    /** From now on every byte is shown to {@code watcher}, which is told of the end in any case. On the selector thread. */
    void watchedBy(ConnectionTap watcher) {
        IOException already;
        synchronized (this) {
            tap = watcher;
            already = ended;
        }
        tcp.watchedBy(watcher);
        if (already != null) {
            watcher.ended(String.valueOf(already.getMessage()));
        }
    }

    /** Tells the watcher, if there is one, how to send frames of its own. On the selector thread. */
    void tellUpgraded(ConnectionTap.FrameSender frames) {
        ConnectionTap watcher = tap;
        if (watcher != null) {
            watcher.upgraded(frames);
        }
    }

    /** Tells the watcher, if there is one, that {@code @OnOpen} has run. Where callbacks run. */
    void tellOpened() {
        ConnectionTap watcher = tap;
        if (watcher != null) {
            watcher.opened();
        }
    }

    /** Shows the watcher, if there is one, what came. On the selector thread. */
    void show(ByteBuffer in) {
        ConnectionTap watcher = tap;
        if (watcher != null && in.hasRemaining()) {
            watcher.received(in.asReadOnlyBuffer());
        }
    }

    long queuedBytes() {
        return stage.queuedBytes();
    }

    boolean isUpgraded() {
        return stage instanceof WebSocketConnection;
    }

    /** Takes what was read; a stage may leave bytes after its last to the next one. On the selector thread. */
    void received(ByteBuffer in) {
        show(in);
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

    void abort(String why) {
        tcp.abort(why);
    }

    /** A filter failed on this connection's bytes. */
    void failed(Throwable error) {
        tcp.broken(error);
    }

    /** The TCP connection is gone. */
    void gone() {
        String cause = tcp.endedBy().words(stage.phase());
        IOException why = new IOException(cause);
        Stage last;
        ConnectionTap watcher;
        synchronized (this) {
            ended = why;
            last = stage;
            watcher = tap;
        }
        last.gone(why);
        if (watcher != null) {
            watcher.ended(cause);
        }
    }
}
