package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameSerialiser;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** One connection after its 101, with Tyrus and an endpoint above it and memory below it. */
abstract class ConnectionInMemory {
    static final long HOUR = Duration.ofHours(1).toNanos();

    /** What all endpoints of the test in progress were told. */
    static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());

    static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();

    /** Does what a message says. */
    @ServerEndpoint("/obey")
    public static final class Obedient {
        @OnOpen
        public void onOpen(Session session) {
            TOLD.add("open");
            SESSIONS.put("last", session);
            SESSIONS.putIfAbsent("first", session);
        }

        @OnMessage
        public @Nullable String onText(String text, Session session) throws IOException {
            TOLD.add(text);
            switch (text) {
                case "throw" -> throw new IllegalStateException("a secret");
                case "close" ->
                    session.close(new jakarta.websocket.CloseReason(
                            jakarta.websocket.CloseReason.CloseCodes.GOING_AWAY, "bye"));
                case "flood" -> {
                    for (int i = 0; i < 50; i++) {
                        session.getAsyncRemote().sendText("x".repeat(1000), result -> {});
                    }
                }
                case "closeFirst" -> {
                    Session first = SESSIONS.get("first");
                    if (first != null) {
                        first.close();
                    }
                }
                default -> {}
            }
            return text;
        }

        @OnMessage
        public void onPong(PongMessage pong) {
            TOLD.add("pong");
        }

        @OnError
        public void onError(Throwable error) {
            TOLD.add("error " + error.getMessage());
        }

        @OnClose
        public void onClose(Session session, jakarta.websocket.CloseReason reason) {
            TOLD.add("close " + reason.getCloseCode().getCode());
            if (session == SESSIONS.get("throwsInClose")) {
                throw new IllegalStateException("in @OnClose");
            }
        }
    }

    final List<String> counted = new ArrayList<>();
    final InMemory memory = new InMemory(Obedient.class);
    final FakeTcp tcp = new FakeTcp();

    ConnectionInMemory() {
        memory.metrics = new TransportMetrics() {
            @Override
            public SessionMetrics opened(String endpoint, long handshakeNanos) {
                counted.add("opened " + endpoint);
                return new SessionMetrics() {
                    @Override
                    public void violated(String rule) {
                        counted.add("violated " + rule);
                    }

                    @Override
                    public void tooSlow() {
                        counted.add("tooSlow");
                    }

                    @Override
                    public void roundTrip(long nanos) {
                        counted.add("roundTrip");
                    }

                    @Override
                    public void closed(int code, Initiator initiator) {
                        counted.add("closed " + code + " " + initiator);
                    }
                };
            }
        };
    }

    @BeforeEach
    void forget() {
        TOLD.clear();
        SESSIONS.clear();
    }

    InboundConnection open() throws Exception {
        return open(tcp);
    }

    InboundConnection open(FakeTcp on) throws Exception {
        InboundConnection connection = memory.webSocket(on, "/obey");
        assertThat(on.takeText()).startsWith("HTTP/1.1 101 ");
        TOLD.remove("open");
        counted.remove("opened /obey");
        return connection;
    }

    List<String> sent() {
        return InMemory.frames(tcp.takeWritten());
    }

    static void send(InboundConnection connection, String... texts) {
        for (String text : texts) {
            connection.received(InMemory.text(text));
        }
    }

    static void close(InboundConnection connection, int code, String reason) {
        connection.received(FrameSerialiser.maskedClose(new CloseReason(new CloseCode(code), reason), 0x01020304));
    }

    /** A send on a selector thread never waits; on any other it would, for a peer that is stuck. */
    static void onSelector(Runnable task) throws InterruptedException {
        SelectorThread thread = new SelectorThread(
                "selector of a test", org.glassfish.grizzly.memory.MemoryManager.DEFAULT_MEMORY_MANAGER, task);
        thread.start();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
