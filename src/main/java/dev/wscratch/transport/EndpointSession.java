package dev.wscratch.transport;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus's half of a WebSocket: the session, its callbacks, and what follows when one of them throws.
 *
 * <p>Methods are called where callbacks run, one at a time, unless they say otherwise.
 */
final class EndpointSession {
    private final Consumer<String> opened;

    /** Null until Tyrus has run {@code @OnOpen}; set once. */
    private volatile @Nullable Connection tyrus;

    /** Tyrus's name for this session; set once, before {@code @OnOpen} runs. */
    private volatile @Nullable String id;

    /** A callback threw; touched where callbacks run. */
    private boolean callbackFailed;

    /**
     * A session that does not exist yet.
     *
     * @param opened told the endpoint's path template before {@code @OnOpen} runs
     */
    EndpointSession(Consumer<String> opened) {
        this.opened = opened;
    }

    /** Runs {@code @OnOpen}. */
    void create(UpgradeInfo upgrade, TyrusWriter writer) {
        SessionEvents.during(this, () -> {
            tyrus = upgrade.createConnection(writer, reason -> writer.close());
        });
        closeIfCallbackFailed();
    }

    /** {@return whether there is a session; for any thread} */
    boolean exists() {
        return tyrus != null;
    }

    /**
     * Runs {@code @OnMessage}, or what else the frame is for.
     *
     * @param own nobody else will change its bytes any more
     */
    void handle(ByteBuffer frame, boolean own) {
        Connection session = tyrus;
        if (session != null) {
            SessionEvents.enter(this);
            try {
                if (session instanceof TyrusConnection connection) {
                    connection.handle(frame, own);
                } else {
                    session.getReadHandler().handle(frame);
                }
            } finally {
                SessionEvents.leave();
            }
            closeIfCallbackFailed();
        }
    }

    /** Tyrus runs {@code @OnClose} once and sends a Close frame, unless it has done both already. */
    void close(CloseReason reason) {
        Connection session = tyrus;
        if (session != null) {
            session.close(JakartaCloseReason.of(reason));
        }
    }

    /** Tyrus has found the endpoint of this session. */
    void openedAt(String endpoint, String session) {
        id = session;
        opened.accept(endpoint);
    }

    /** {@return whether this is Tyrus's session of that name; for any thread} */
    boolean is(String session) {
        return session.equals(id);
    }

    /** A callback of the endpoint threw, and its {@code @OnError} has run. */
    void callbackFailed() {
        callbackFailed = true;
    }

    private void closeIfCallbackFailed() {
        if (callbackFailed) {
            callbackFailed = false;
            // The peer never sees internals: the reason says no more than the code (RFC 6455 section 7.4.1).
            close(new CloseReason(CloseCode.INTERNAL_ERROR, "internal error"));
        }
    }
}
