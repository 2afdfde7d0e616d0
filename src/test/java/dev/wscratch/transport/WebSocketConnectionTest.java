package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What a connection does with frames, right ones and wrong ones. */
class WebSocketConnectionTest extends ConnectionInMemory {
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
}
