package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Echoes texts, sends bytes to everybody, and keeps what its callbacks saw: a test opens a path of its own and asks for it later. */
@ServerEndpoint("/recorded")
public final class Recorded {
    private static final Map<String, Recorded.Log> LOGS = new ConcurrentHashMap<>();

    /** What happened to the session that was opened at {@link #path}. */
    static final class Log {
        private final String id = UUID.randomUUID().toString();
        private final List<Session> opened = new CopyOnWriteArrayList<>();
        private final List<CloseReason> closed = new CopyOnWriteArrayList<>();
        private final List<Throwable> errors = new CopyOnWriteArrayList<>();

        String path() {
            return "/recorded?" + id;
        }

        Session session() {
            await().atMost(Duration.ofSeconds(10)).pollInSameThread().until(() -> !opened.isEmpty());
            return opened.get(0);
        }

        int timesOpened() {
            return opened.size();
        }

        List<Throwable> errors() {
            return errors;
        }

        /** Waits for {@code @OnClose}, which must come once. */
        CloseReason closeReason() {
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(10))
                    .pollInSameThread()
                    .until(() -> !closed.isEmpty());
            assertClosedOnce();
            return closed.get(0);
        }

        int closeCode() {
            return closeReason().getCloseCode().getCode();
        }

        void assertClosedOnce() {
            assertThat(closed).as("calls of @OnClose").hasSize(1);
        }
    }

    static Log log() {
        Log log = new Log();
        LOGS.put(log.id, log);
        return log;
    }

    private static Log of(Session session) {
        return LOGS.computeIfAbsent(String.valueOf(session.getQueryString()), id -> new Log());
    }

    @OnOpen
    public void onOpen(Session session) {
        of(session).opened.add(session);
    }

    @OnMessage
    public String onText(String message) {
        return message;
    }

    @OnMessage
    public void onBinary(byte[] message, Session session) {
        for (Session other : session.getOpenSessions()) {
            try {
                other.getBasicRemote().sendBinary(ByteBuffer.wrap(message));
            } catch (IOException | RuntimeException tooSlowOrGone) {
                // Tyrus throws a bare RuntimeException when a session closes under way. The others go on hearing.
                of(other).errors.add(tooSlowOrGone);
            }
        }
    }

    @OnError
    public void onError(Session session, Throwable error) {
        of(session).errors.add(error);
    }

    @OnClose
    public void onClose(Session session, CloseReason reason) {
        of(session).closed.add(reason);
    }
}
