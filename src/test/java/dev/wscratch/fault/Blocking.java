package dev.wscratch.fault;

import static org.awaitility.Awaitility.await;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes when the test lets it; with {@code ?open}, {@code ?error} or {@code ?close} it blocks in that callback too. */
@ServerEndpoint("/blocking")
public final class Blocking {
    private static final AtomicInteger BLOCKED = new AtomicInteger();
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    static void block() {
        BLOCKED.set(0);
        gate = new CountDownLatch(1);
    }

    static void release() {
        gate.countDown();
    }

    static void awaitBlocked(int handlers) {
        await().atMost(Duration.ofSeconds(10)).pollInSameThread().until(() -> BLOCKED.get() >= handlers);
    }

    private static void blockIn(String callback, Session session) {
        if (callback.equals(session.getQueryString())) {
            hold();
        }
    }

    private static void hold() {
        BLOCKED.incrementAndGet();
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never released this");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @OnOpen
    public void onOpen(Session session) {
        blockIn("open", session);
    }

    @OnMessage
    public String onText(String message, Session session) {
        if ("error".equals(session.getQueryString())) {
            throw new IllegalArgumentException("leads to @OnError");
        }
        hold();
        return message;
    }

    @OnError
    public void onError(Session session, Throwable error) {
        blockIn("error", session);
    }

    @OnClose
    public void onClose(Session session) {
        blockIn("close", session);
    }
}
