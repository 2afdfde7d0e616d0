package dev.wscratch.transport;

import jakarta.websocket.DecodeException;
import org.glassfish.tyrus.core.monitoring.ApplicationEventListener;
import org.glassfish.tyrus.core.monitoring.EndpointEventListener;
import org.glassfish.tyrus.core.monitoring.MessageEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus's monitoring, used for two things that its SPI tells nowhere else: at which endpoint a connection was opened, and
 * that a callback threw.
 *
 * <p>Tyrus calls it on the thread that entered Tyrus, so that thread remembers for which session it did.
 */
final class SessionEvents implements ApplicationEventListener {
    private static final ThreadLocal<@Nullable EndpointSession> CURRENT = new ThreadLocal<>();

    /** From now on this thread is in Tyrus for {@code session}. */
    static void enter(EndpointSession session) {
        CURRENT.set(session);
    }

    static void leave() {
        // Not remove: the entry would be made anew for each message.
        CURRENT.set(null);
    }

    static void during(EndpointSession session, Runnable call) {
        enter(session);
        try {
            call.run();
        } finally {
            leave();
        }
    }

    @Override
    public void onApplicationInitialized(String applicationName) {}

    @Override
    public void onApplicationDestroyed() {}

    @Override
    public EndpointEventListener onEndpointRegistered(String endpointPath, Class<?> endpointClass) {
        return new AtEndpoint(endpointPath);
    }

    @Override
    public void onEndpointUnregistered(String endpointPath) {}

    private record AtEndpoint(String path) implements EndpointEventListener {
        @Override
        public MessageEventListener onSessionOpened(String sessionId) {
            EndpointSession session = CURRENT.get();
            if (session != null) {
                session.openedAt(path, sessionId);
            }
            return MessageEventListener.NO_OP;
        }

        @Override
        public void onSessionClosed(String sessionId) {}

        @Override
        public void onError(String sessionId, Throwable error) {
            EndpointSession session = CURRENT.get();
            // What a decoder makes of a message is the endpoint's affair: its @OnError was told.
            // A callback may have closed another session, whose own callback threw: that one is over already.
            if (session != null && session.is(sessionId) && !(error instanceof DecodeException)) {
                session.callbackFailed();
            }
        }
    }
}
