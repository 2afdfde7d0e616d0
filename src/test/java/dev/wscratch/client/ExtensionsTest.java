package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client has beyond the browser: pings and pongs, and the body of a refusal. */
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
