package dev.wscratch.fault;

import static org.awaitility.Awaitility.await;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes when the test lets it. */
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

    @OnMessage
    public String onText(String message) throws InterruptedException {
        BLOCKED.incrementAndGet();
        return gate.await(30, TimeUnit.SECONDS) ? message : "the test never released this";
    }
}
