package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client has beyond the browser: pings, pongs, fragments, offers, heads, and the body of a refusal. */
@Timeout(30)
class ExtensionsTest {
    @Test
    void pingsAndPongsTravelMaskedWithTheirPayloadAndTheTapSeesTheAnswer() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            ScriptedServer.Frame ping = c.frame();
            assertThat(ping.opcode()).isEqualTo(9);
            assertThat(ping.masked()).isTrue();
            assertThat(ping.text()).isEqualTo("hi");
            c.hex("8a 02 68 69");
            ScriptedServer.Frame pong = c.frame();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.bytes().capacity()).isZero();
            c.hex("88 02 03 e8");
            c.frame();
        })) {
            WebSocket socket = WebSocket.builder(peer.url())
                    .frames(frame ->
                            seen.add((frame.sent() ? ">" : "<") + frame.header().opcode()))
                    .open(ws -> ws.onopen(e -> {
                        ws.ping("hi".getBytes(StandardCharsets.UTF_8));
                        ws.pong(new byte[0]);
                    }));
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(seen).contains(">PING", "<PONG", ">PONG");
            socket.ping(new byte[0]);
            assertThatThrownBy(() -> socket.ping(new byte[126]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 125 bytes (RFC 6455 5.5), got 126");
        }
    }

    @Test
    void aMessageTravelsInAsManyFramesAsAskedForAndThenCountsAsSent() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept("Sec-WebSocket-Extensions: permessage-deflate");
            assertThat(fragments(c, 3)).containsExactly("1 G", "0 r\u00c3", "10 \u00bcn");
            assertThat(fragments(c, 3)).containsExactly("2 ", "0 ", "10 a");
            assertThat(fragments(c, 1)).containsExactly("11 one");
            c.hex("88 02 03 e8");
            c.frame();
        })) {
            WebSocket socket = WebSocket.open(
                    peer.url(),
                    ws -> ws.onopen(e -> {
                        ws.send("Gr\u00fcn", 3);
                        ws.send(ByteBuffer.wrap(new byte[] {'a'}), 3);
                        ws.send("one", 1);
                    }));
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(socket.bufferedAmount()).isZero();
        }
    }

    /** Each as FIN if it is set, opcode, and payload with a character for each byte. */
    private static List<String> fragments(ScriptedServer.Connection c, int count) throws IOException {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ScriptedServer.Frame frame = c.frame();
            assertThat(frame.masked()).isTrue();
            frames.add((frame.fin() ? "1" : "") + frame.opcode() + " "
                    + new String(frame.payload(), StandardCharsets.ISO_8859_1));
        }
        return frames;
    }

    @Test
    void framesOfAMessageAreOneToTenThousand() {
        WebSocket socket = new WebSocket("ws://127.0.0.1:1/");
        for (int frames : new int[] {0, 10_001}) {
            assertThatThrownBy(() -> socket.send("x", frames))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("frames: expected 1 to 10000, got " + frames);
        }
    }

    @Test
    void pingsThatNobodyReadsFailTheConnectionAtTheBoundOnWhatWaits() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        })) {
            AtomicReference<ErrorEvent> error = new AtomicReference<>();
            WebSocket socket =
                    WebSocket.builder(peer.url()).maxBuffered(1 << 20).open(ws -> ws.onerror(error::set));
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (socket.readyState() == ReadyState.OPEN && System.nanoTime() < deadline) {
                socket.ping(new byte[125]);
            }
            assertThat(socket.bufferedAmount()).isZero();
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            over.countDown();
            assertThat(error.get().message())
                    .startsWith("send queue full: expected at most 1048576 bytes waiting, got ")
                    .endsWith("wait for pongs before more pings");
        }
    }

    @Test
    void whatIsOfferedInsteadIsSpokenIfItIsCompression() throws Exception {
        AtomicReference<String> head = new AtomicReference<>("");
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            head.set(c.accept("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover"));
            c.hex("c1 07 f2 48 cd c9 c9 07 00 88 02 03 e8");
            c.frame();
        })) {
            WebSocket socket = WebSocket.builder(peer.url())
                    .extensions("x-unknown; a=b", "permessage-deflate; server_no_context_takeover")
                    .connect();
            assertThat(EventLog.ofWhole(socket)).contains("message Hello [OPEN]");
            assertThat(head.get())
                    .contains("Sec-WebSocket-Extensions: x-unknown; a=b,"
                            + " permessage-deflate; server_no_context_takeover\r\n");
        }
    }

    @Test
    void anExtensionThatIsOnlyOfferedFailsTheConnectionIfTheServerAcceptsIt() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept("Sec-WebSocket-Extensions: x-unknown");
            c.ended();
        })) {
            WebSocket socket =
                    WebSocket.builder(peer.url()).extensions("x-unknown").connect();
            assertThat(EventLog.ofWhole(socket).get(0))
                    .startsWith("error handshake: expected permessage-deflate once or nothing,"
                            + " which is what this client can speak, got x-unknown");
        }
        assertThatThrownBy(() -> WebSocket.builder("ws://a.test").extensions("no/name"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("extension: expected a name");
    }

    @Test
    void theTapSeesTheHeadsOfTheHandshakeAlsoOfOneThatIsRefused() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        FrameTap tap = new FrameTap() {
            @Override
            public void frame(PassingFrame frame) {}

            @Override
            public void handshake(boolean sent, ByteBuffer head) {
                seen.add((sent ? ">" : "<") + StandardCharsets.ISO_8859_1.decode(head));
            }
        };
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\nbody");
        })) {
            WebSocket socket = WebSocket.builder(peer.url()).frames(tap).connect();
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        assertThat(seen)
                .satisfiesExactly(
                        request -> assertThat(request)
                                .startsWith(">GET /echo HTTP/1.1\r\n")
                                .endsWith("\r\n\r\n"),
                        answer -> assertThat(answer).isEqualTo("<HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n"));
    }

    @Test
    void aPingBeforeTheConnectionIsOpenIsRefused() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            asked.countDown();
            c.ended();
        })) {
            WebSocket socket = new WebSocket(peer.url());
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> socket.ping(new byte[0]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected state OPEN, got CONNECTING");
            socket.close();
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theErrorEventOfARefusalHasTheBeginningOfTheBodyThatCameWithItsHead() throws Exception {
        AtomicReference<String> body = new AtomicReference<>();
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 503 Busy\r\nContent-Length: 5000\r\n\r\nno room" + "!".repeat(4_993));
        })) {
            WebSocket socket = WebSocket.open(peer.url(), ws -> ws.onerror(e -> body.set(e.body())));
            socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(body.get()).startsWith("no room!").hasSizeLessThanOrEqualTo(1_024);
        }
    }
}
