package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.wire.Accept;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebSocketTest {
    @Test
    void aServersMessagesAndCloseArriveInOrder() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("81 05 48 65 6c 6c 6f");
            c.message("two");
            c.hex("88 05 0f a1 62 79 65");
            assertThat(c.frame().closeCode()).isEqualTo(4001);
        })) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .containsExactly(
                            "open [OPEN]",
                            "message Hello [OPEN]",
                            "message two [OPEN]",
                            "close 4001 \"bye\" clean=true [CLOSED]");
        }
    }

    @Test
    void framesInTheSegmentOfTheHandshakeAreNotLost() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            String key = c.head().replaceAll("(?s).*Sec-WebSocket-Key: *([^\r]*).*", "$1");
            String head = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    + Accept.of(key) + "\r\n\r\n";
            byte[] frames = {(byte) 0x81, 2, 'h', 'i', (byte) 0x88, 0};
            byte[] segment = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + frames.length);
            System.arraycopy(frames, 0, segment, head.length(), frames.length);
            c.bytes(segment);
            assertThat(c.frame().closeCode()).isEqualTo(1005);
        })) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .containsExactly("open [OPEN]", "message hi [OPEN]", "close 1005 \"\" clean=true [CLOSED]");
        }
    }

    @Test
    void handlersSetLateWithAPauseBetweenThemMissNothing() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(WebSocketTest::hundredMessagesAndClose)) {
            WebSocket socket = new WebSocket(peer.url());
            List<String> seen = new ArrayList<>();
            pause();
            socket.onmessage(e -> seen.add((String) e.data()));
            pause();
            socket.onclose(e -> seen.add("close " + e.code()));
            pause();
            assertThat(seen).as("nothing passes the open event").isEmpty();
            assertThat(socket.readyState()).isEqualTo(ReadyState.CONNECTING);
            socket.onopen(e -> seen.add("open"));
            EventLog.end(socket);
            assertThat(seen).hasSize(102).startsWith("open", "0", "1").endsWith("99", "close 1000");
        }
    }

    @Test
    void withoutAnOpenHandlerTheRestArrivesOnceTheSocketIsStarted() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(WebSocketTest::hundredMessagesAndClose)) {
            WebSocket socket = new WebSocket(peer.url());
            List<Object> seen = new ArrayList<>();
            CountDownLatch end = new CountDownLatch(1);
            socket.onmessage(e -> seen.add(e.data()));
            socket.onclose(e -> end.countDown());
            socket.start();
            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasSize(100);
        }
    }

    @Test
    void anOpenHandlerThatIsNullOnPurposeHoldsNothing() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(WebSocketTest::hundredMessagesAndClose)) {
            WebSocket socket = new WebSocket(peer.url());
            CountDownLatch end = new CountDownLatch(1);
            socket.onopen(null);
            socket.onmessage(null);
            socket.onclose(e -> end.countDown());
            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void openTakesTheHandlersBeforeItConnects() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(WebSocketTest::hundredMessagesAndClose)) {
            EventLog log = new EventLog();
            WebSocket socket = WebSocket.open(peer.url(), log::listen);
            EventLog.end(socket);
            assertThat(log.lines()).hasSize(102);
        }
    }

    @Test
    void waitingEventsAreBoundedBecauseReadingStops() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        String message = "x".repeat(64 << 10);
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            Thread writer = new Thread(() -> flood(c, message), "flood");
            writer.start();
            writer.join(2_000);
            assertThat(writer.isAlive()).as("64 MiB must not fit between us").isTrue();
            blocked.countDown();
            writer.join(10_000);
            assertThat(writer.isAlive()).isFalse();
            c.hex("88 02 03 e8");
        })) {
            WebSocket socket = new WebSocket(peer.url());
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            List<Integer> sizes = new ArrayList<>();
            socket.onmessage(e -> sizes.add(((String) e.data()).length()));
            assertThat(EventLog.end(socket).code()).isEqualTo(1000);
            assertThat(sizes).hasSize(1024).containsOnly(64 << 10);
        }
    }

    @Test
    void closeWaitsForTheServersFrameAndReportsItsCode() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            ScriptedServer.Frame close = c.frame();
            assertThat(close.masked()).isTrue();
            assertThat(close.closeCode()).isEqualTo(3456);
            assertThat(close.text().substring(2)).isEqualTo("bye");
            c.message("too late for the browser's API");
            c.hex("88 04 0f a0 6f 6b");
            assertThat(c.ended())
                    .as("the client ends TCP if the server does not")
                    .isTrue();
        })) {
            WebSocket socket = new WebSocket(peer.url());
            socket.onopen(e -> {
                socket.close(3456, "bye");
                assertThat(socket.readyState()).isEqualTo(ReadyState.CLOSING);
            });
            socket.onmessage(e -> assertThat(e).isNull());
            assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(4000, "ok", true));
        }
    }

    @Test
    void closeWithoutACodeSendsAnEmptyFrame() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(c.frame().payload()).isEmpty();
            c.hex("88 00");
        })) {
            WebSocket socket = new WebSocket(peer.url());
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS).close();
            assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1005, "", true));
        }
    }

    @Test
    void aPingIsAnsweredWithItsPayload() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("89 02 68 69");
            ScriptedServer.Frame pong = c.frame();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.text()).isEqualTo("hi");
            c.hex("88 00");
            c.frame();
        })) {
            assertThat(EventLog.end(new WebSocket(peer.url())).wasClean()).isTrue();
        }
    }

    @Test
    void sendWaitsForOpenAndIsSilentAfterClose() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(c.frame().text()).isEqualTo("text");
            ScriptedServer.Frame binary = c.frame();
            assertThat(binary.opcode()).isEqualTo(2);
            assertThat(binary.payload()).containsExactly(1, 2, 3);
            assertThat(c.frame().closeCode()).isEqualTo(1000);
            c.hex("88 02 03 e8");
        })) {
            WebSocket socket = new WebSocket(peer.url());
            assertThatThrownBy(() -> socket.send("too early"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected state OPEN, got CONNECTING");
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
            socket.send("text");
            ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2, 3});
            socket.send(data);
            assertThat(data.remaining()).isEqualTo(3);
            socket.close(1000);
            socket.send("dropped");
            EventLog.end(socket);
            socket.send("dropped too");
            socket.close();
            assertThat(socket.readyState()).isEqualTo(ReadyState.CLOSED);
        }
    }

    @Test
    void callbacksNeverOverlapAndAThrowingOneStopsNothing() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(WebSocketTest::hundredMessagesAndClose)) {
            WebSocket socket = new WebSocket(peer.url());
            AtomicReference<Thread> inside = new AtomicReference<>();
            List<String> overlaps = new ArrayList<>();
            List<Object> seen = new ArrayList<>();
            socket.onopen(e -> {
                throw new IllegalStateException("a handler of the test");
            });
            socket.onmessage(e -> {
                if (!inside.compareAndSet(null, Thread.currentThread())) {
                    overlaps.add(e.data() + " in " + inside.get());
                }
                Thread.onSpinWait();
                seen.add(e.data());
                inside.set(null);
            });
            EventLog.end(socket);
            assertThat(overlaps).isEmpty();
            assertThat(seen).hasSize(100);
        }
    }

    @Test
    void codesAndReasonsThatMayNotBeSentAreRefused() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("88 00");
            c.frame();
        })) {
            WebSocket socket = new WebSocket(peer.url());
            assertThatThrownBy(() -> socket.close(1001, "away"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("close code: expected 1000 or 3000 to 4999, got 1001");
            assertThatThrownBy(() -> socket.close(1000, "é".repeat(62)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected at most 123 bytes of UTF-8")
                    .hasMessageContaining("got 124");
            EventLog.end(socket);
        }
    }

    private static void hundredMessagesAndClose(ScriptedServer.Connection c) throws Exception {
        c.accept();
        for (int i = 0; i < 100; i++) {
            c.message("" + i);
        }
        c.hex("88 02 03 e8");
    }

    private static void flood(ScriptedServer.Connection c, String message) {
        try {
            for (int i = 0; i < 1024; i++) {
                c.message(message);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The pause of a user between two lines: the point of the test, not a wait for something. */
    private static void pause() throws InterruptedException {
        new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
    }
}
