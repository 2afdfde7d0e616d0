package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection after its 101, with Tyrus and an endpoint above it and memory below it. */
class WebSocketConnectionTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** What all endpoints of the test in progress were told. */
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());

    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();

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

    private final List<String> counted = new ArrayList<>();
    private final InMemory memory = new InMemory(Obedient.class);
    private final FakeTcp tcp = new FakeTcp();

    WebSocketConnectionTest() {
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

    private InboundConnection open() throws Exception {
        return open(tcp);
    }

    private InboundConnection open(FakeTcp on) throws Exception {
        InboundConnection connection = memory.webSocket(on, "/obey");
        assertThat(on.takeText()).startsWith("HTTP/1.1 101 ");
        TOLD.remove("open");
        counted.remove("opened /obey");
        return connection;
    }

    private List<String> sent() {
        return InMemory.frames(tcp.takeWritten());
    }

    private static void send(InboundConnection connection, String... texts) {
        for (String text : texts) {
            connection.received(InMemory.text(text));
        }
    }

    private static void close(InboundConnection connection, int code, String reason) {
        connection.received(FrameSerialiser.maskedClose(new CloseReason(new CloseCode(code), reason), 0x01020304));
    }

    @Test
    void aMessageIsAnsweredAndTheAnswersToOneReadLeaveInOrder() throws Exception {
        InboundConnection connection = open();
        ByteBuffer two = ByteBuffer.allocate(100)
                .put(InMemory.text("one"))
                .put(InMemory.text("two"))
                .flip();
        connection.received(two);
        assertThat(sent()).containsExactly("text one", "text two");
        assertThat(TOLD).containsExactly("one", "two");
    }

    @Test
    void aPingIsAnsweredWithItsPayloadAndTheEndpointIsNotTold() throws Exception {
        InboundConnection connection = open();
        connection.received(InMemory.frame(Opcode.PING, new byte[] {1, 2, 3}));
        assertThat(sent()).containsExactly("pong 010203");
        assertThat(TOLD).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1014, 3000, 4999})
    void aCloseIsAnsweredWithTheSameCodeAndReasonAndThenTcpEnds(int code) throws Exception {
        InboundConnection connection = open();
        close(connection, code, "why");
        assertThat(sent()).containsExactly("close " + code + " why");
        assertThat(TOLD).containsExactly("close " + (code == 1014 ? 1011 : code));
        assertThat(tcp.done).containsExactly("close");
        connection.gone();
        tcp.runTasks();
        assertThat(TOLD).as("told once").hasSize(1);
        assertThat(counted).containsExactly("closed " + code + " CLIENT");
    }

    @Test
    void ourCloseIsAnsweredByThePeersAndThenTcpEnds() throws Exception {
        InboundConnection connection = open();
        send(connection, "close");
        assertThat(sent()).first().isEqualTo("close 1001 bye");
        assertThat(tcp.done).isEmpty();
        close(connection, 1001, "bye");
        assertThat(tcp.done).containsExactly("close");
        connection.gone();
        tcp.runTasks();
        // Tyrus then tells @OnError that the connection is closed: it looks at the session after the callback.
        assertThat(TOLD)
                .startsWith("close", "close 1001")
                .filteredOn(told -> told.startsWith("close "))
                .hasSize(1);
        assertThat(counted).containsExactly("closed 1001 SERVER");
    }

    @Test
    void aPeerThatDoesNotAnswerOurCloseIsCutOff() throws Exception {
        InboundConnection connection = open();
        send(connection, "close");
        connection.check(System.nanoTime());
        assertThat(tcp.done).isEmpty();
        connection.check(System.nanoTime() + HOUR);
        assertThat(tcp.done).containsExactly("abort");
    }

    @Test
    void whatComesAfterOurCloseIsNotForTheApplication() throws Exception {
        InboundConnection connection = open();
        send(connection, "close", "late");
        connection.received(InMemory.frame(Opcode.PING, new byte[0]));
        assertThat(TOLD).startsWith("close", "close 1001").doesNotContain("late");
        assertThat(sent()).containsExactly("close 1001 bye");
    }

    @Test
    void aViolationIsToldToBothSidesOnceAndTheRestIsDropped() throws Exception {
        InboundConnection connection = open();
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            connection.received(ByteBuffer.wrap(new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0}));
            send(connection, "more");
            assertThat(log.all()).hasSize(1).first().asString().contains("refuse remote=192.0.2.1 code=1002");
        }
        assertThat(sent()).hasSize(1).first().asString().startsWith("close 1002 ");
        assertThat(TOLD).containsExactly("close 1002");
        assertThat(tcp.done).containsOnly("shutdownOutput");
        assertThat(counted).hasSize(1).first().asString().startsWith("violated ");
        connection.check(System.nanoTime() + HOUR);
        assertThat(tcp.done).endsWith("abort");
    }

    @Test
    void aFloodOfControlFramesIsAPolicyViolation() throws Exception {
        memory.limits = new Limits(1 << 20, 100, 16 << 10, 100, 10, 3, 64 << 10);
        InboundConnection connection = open();
        for (int i = 0; i < 5; i++) {
            connection.received(InMemory.frame(Opcode.PING, new byte[0]));
        }
        assertThat(sent())
                .containsExactly("pong ", "pong ", "pong ", "close 1008 more than 3 Ping and Pong frames in a second");
        assertThat(counted).containsExactly("violated CONTROL_FRAME_RATE");
    }

    @Test
    void aCallbackThatThrowsClosesWithoutTellingWhy() throws Exception {
        InboundConnection connection = open();
        send(connection, "throw");
        assertThat(sent()).containsExactly("close 1011 internal error");
        assertThat(TOLD).containsExactly("throw", "error a secret", "close 1011");
    }

    /** Found by review: the failure of another session's callback closed the session on whose thread it ran. */
    @Test
    void anotherSessionsCallbackThatThrowsDoesNotCloseThisOne() throws Exception {
        open(new FakeTcp());
        SESSIONS.put("throwsInClose", SESSIONS.get("first"));
        InboundConnection connection = open();
        send(connection, "closeFirst", "still here");
        assertThat(TOLD).contains("close 1000", "error in @OnClose", "still here");
        assertThat(sent()).containsExactly("text closeFirst", "text still here");
    }

    @Test
    void aTcpConnectionThatEndsWithoutACloseIs1006ToldOnce() throws Exception {
        InboundConnection connection = open();
        connection.gone();
        tcp.runTasks();
        assertThat(TOLD).containsExactly("close 1006");
        assertThat(counted).containsExactly("closed 1006 CLIENT");
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aServerThatStopsSaysGoingAway() throws Exception {
        InboundConnection connection = open();
        connection.stop(new CloseReason(CloseCode.GOING_AWAY, "server stops"));
        tcp.runTasks();
        assertThat(sent()).containsExactly("close 1001 server stops");
        assertThat(TOLD).containsExactly("close 1001");
    }

    @Test
    void readingPausesWhileThePeerDoesNotTakeItsAnswers() throws Exception {
        memory.limits = new Limits(1 << 20, 100, 16 << 10, 100, 10, 100, 1024);
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "x".repeat(2000)));
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
        tcp.underWay.remove().completed();
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    /** Found by review: of two threads the one with the older news could come last, and reading stayed paused for ever. */
    @Test
    void newsOfALongQueueThatComesLateDoesNotPauseReading() throws Exception {
        InboundConnection connection = open();
        Outbox.Owner owner = stage(connection);
        owner.congested(false);
        owner.congested(true);
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    private static WebSocketConnection stage(InboundConnection connection) throws ReflectiveOperationException {
        var field = InboundConnection.class.getDeclaredField("stage");
        field.setAccessible(true);
        return (WebSocketConnection) field.get(connection);
    }

    /** Found by review: each refused send counted one more slow consumer, and queued one more close. */
    @Test
    void aPeerWhoseQueueIsFullIsCountedAndClosedOnce() throws Exception {
        memory.limits = new Limits(1024, 100, 16 << 10, 100, 10, 100, 1024);
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "flood"));
        assertThat(counted).containsExactly("tooSlow");
        assertThat(tcp.tasks.size()).isLessThan(5);
        tcp.runTasks();
        connection.check(System.nanoTime() + HOUR);
        assertThat(counted).containsExactly("tooSlow");
        assertThat(TOLD).containsExactly("flood", "close 1013");
    }

    @Test
    void aPeerThatTakesNothingIsClosedWith1013AndCutASecondLater() throws Exception {
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "hello"));
        long later = System.nanoTime() + Duration.ofSeconds(11).toNanos();
        connection.check(later);
        assertThat(counted).containsExactly("tooSlow");
        tcp.runTasks();
        assertThat(TOLD).containsExactly("hello", "close 1013");
        connection.check(System.nanoTime() + Duration.ofMillis(1100).toNanos());
        assertThat(tcp.done).containsExactly("abort");
    }

    /** Found by review: a frame that the sweep found late twice was failed, logged and told twice, also if it had ended. */
    @Test
    void aFrameThatIsNotFinishedIsFailedOnceAndAFinishedOneIsNot() throws Exception {
        memory.deadlines = InMemory.at("frame", Duration.ofNanos(1));
        InboundConnection connection = open();
        ByteBuffer frame = InMemory.text("hello");
        connection.received(frame.slice(0, 7));
        connection.check(System.nanoTime());
        connection.received(frame.slice(7, frame.limit() - 7));
        tcp.runTasks();
        assertThat(sent()).containsExactly("text hello");

        connection.received(InMemory.text("again").limit(3));
        connection.check(System.nanoTime());
        connection.check(System.nanoTime());
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            tcp.runTasks();
            assertThat(log.all()).hasSize(1);
        }
        assertThat(sent()).containsExactly("close 1008 frame not complete after PT0.000000001S");
    }

    @Test
    void aSilentPeerIsPingedAndThenCutOff() throws Exception {
        memory.deadlines = InMemory.at("pingInterval", Duration.ofSeconds(1));
        InboundConnection connection = open();
        long now = System.nanoTime();
        connection.check(now + Duration.ofSeconds(2).toNanos());
        connection.check(now + Duration.ofSeconds(4).toNanos());
        assertThat(sent()).hasSize(2).allMatch(frame -> frame.startsWith("ping "));
        connection.check(now + Duration.ofSeconds(6).toNanos());
        assertThat(tcp.done).containsExactly("abort");
    }

    @Test
    void theAnswerToOurPingIsForUsAndAnotherPongForTheEndpoint() throws Exception {
        memory.deadlines = InMemory.at("pingInterval", Duration.ofNanos(1));
        InboundConnection connection = open();
        connection.check(System.nanoTime());
        byte[] ping = tcp.takeWritten();
        byte[] payload = Arrays.copyOfRange(ping, 2, ping.length);
        connection.received(InMemory.frame(Opcode.PONG, payload));
        assertThat(counted).containsExactly("roundTrip");
        assertThat(TOLD).isEmpty();
        connection.received(InMemory.frame(Opcode.PONG, payload));
        assertThat(TOLD).containsExactly("pong");
    }

    /** The idle deadline is about messages: pongs that nobody asked for do not count. */
    @Test
    void aPeerWithoutMessagesIsClosedAlsoWhenItSendsPongs() throws Exception {
        memory.deadlines = InMemory.at("idle", Duration.ofNanos(1));
        InboundConnection connection = open();
        connection.received(InMemory.frame(Opcode.PONG, new byte[0]));
        connection.check(System.nanoTime());
        tcp.runTasks();
        assertThat(sent()).containsExactly("close 1000 no message for PT0.000000001S");
    }

    @Test
    void onWorkersCallbacksRunInOrderAndReadingPausesWhileMuchWaits() throws Exception {
        Deque<Runnable> pool = new ArrayDeque<>();
        memory.workers = pool::add;
        memory.limits = new Limits(1 << 20, 100, 16 << 10, 100, 10, 100, 1024);
        InboundConnection connection = memory.webSocket(tcp, "/obey");
        run(pool);
        assertThat(tcp.takeText()).startsWith("HTTP/1.1 101 ");
        send(connection, "one", "y".repeat(1100));
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
        close(connection, 1000, "");
        assertThat(TOLD).containsExactly("open");
        run(pool);
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
        assertThat(TOLD).containsExactly("open", "close 1000");
        assertThat(sent()).containsExactly("close 1000 ");
    }

    private static void run(Deque<Runnable> pool) {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }

    /** A send on a selector thread never waits; on any other it would, for a peer that is stuck. */
    private static void onSelector(Runnable task) throws InterruptedException {
        SelectorThread thread = new SelectorThread(
                "selector of a test", org.glassfish.grizzly.memory.MemoryManager.DEFAULT_MEMORY_MANAGER, task);
        thread.start();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
