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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Throws where the query says: {@code ?id&open,message,error,close&exception|error}. */
@ServerEndpoint("/throwing")
public final class Throwing {
    private static final Map<String, Calls> ALL = new ConcurrentHashMap<>();

    /** The calls of {@code @OnClose} that one session saw. */
    record Calls(String id, List<CloseReason> closes) {
        int awaitCloseCode() {
            await().atMost(Duration.ofSeconds(10)).pollInSameThread().until(() -> !closes.isEmpty());
            assertThat(closes).hasSize(1);
            return closes.get(0).getCloseCode().getCode();
        }
    }

    static Calls calls() {
        Calls calls = new Calls(UUID.randomUUID().toString(), new CopyOnWriteArrayList<>());
        ALL.put(calls.id, calls);
        return calls;
    }

    private static void throwIn(String callback, Session session) {
        String[] query = session.getQueryString().split("&", -1);
        if (List.of(query[1].split(",", -1)).contains(callback)) {
            if (query[2].equals("error")) {
                throw new AssertionError("a secret");
            }
            throw new IllegalStateException("a secret");
        }
    }

    @OnOpen
    public void onOpen(Session session) {
        throwIn("open", session);
    }

    @OnMessage
    public String onText(String message, Session session) {
        throwIn("message", session);
        return message;
    }

    @OnError
    public void onError(Session session, Throwable error) {
        throwIn("error", session);
    }

    @OnClose
    public void onClose(Session session, CloseReason reason) {
        ALL.get(session.getQueryString().split("&", -1)[0]).closes.add(reason);
        throwIn("close", session);
    }
}
