package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.wire.Opcode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program may ask of a WebSocket and a page may not. */
@Timeout(30)
class BuilderTest {
    private static ErrorEvent failure(WebSocketBuilder builder) throws Exception {
        CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
        WebSocket socket = builder.open(s -> s.onerror(error::complete));
        assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
        return error.join();
    }

    @Test
    void headersAndSubprotocolsAreSent() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            assertThat(c.accept("Sec-WebSocket-Protocol: b"))
                    .contains("\r\nAuthorization: Bearer t\r\n", "\r\nOrigin: https://h\r\n", "Protocol: a, b\r\n");
            c.hex("88 00");
            c.frame();
        })) {
            WebSocket socket = WebSocket.builder(peer.url())
                    .subprotocols("a", "b")
                    .header("Authorization", "Bearer t")
                    .header("Origin", "https://h")
                    .connect();
            assertThat(EventLog.end(socket).wasClean()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"Host", "upgrade", "Connection", "Sec-WebSocket-Key", "sec-websocket-protocol", "Content-Length"})
    void aHeaderOfTheHandshakesOwnIsRefused(String name) {
        assertThatThrownBy(() -> WebSocket.builder("ws://h").header(name, "x").connect())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header: expected one that the handshake does not write itself, got " + name);
    }

    @Test
    void settingsOutOfRangeAreRefusedAtOnce() {
        assertThatThrownBy(() -> WebSocket.builder("ws://h").maxMessage(0).connect())
                .hasMessageContaining("maxMessage: expected 1 to");
        assertThatThrownBy(() -> WebSocket.builder("ws://h").maxBuffered(0).connect())
                .hasMessageContaining("maxBuffered: expected at least 1");
        assertThatThrownBy(() -> WebSocket.builder("ws://h").followRedirects(21).connect())
                .hasMessageContaining("followRedirects: expected 0 to 20, got 21");
        assertThatThrownBy(() -> WebSocket.builder("ws://h")
                        .handshakeDeadline(Duration.ZERO)
                        .connect())
                .hasMessageContaining("handshakeDeadline: expected more than zero");
        assertThatThrownBy(() -> WebSocket.builder("ws://h").proxy(URI.create("socks://h:1")))
                .hasMessageContaining("proxy: expected http://host:port");
        assertThatThrownBy(() -> WebSocket.builder("ws://h").proxy(URI.create("http://h:70000")))
                .hasMessageContaining("port 70000");
    }

    @Test
    void aRefusalHasTheAnswersHeadersAndADiagnosis() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        })) {
            ErrorEvent error = failure(WebSocket.builder(peer.url()));
            assertThat(error.status()).isEqualTo(503);
            assertThat(error.headers().first("Retry-After")).isEqualTo("7");
            assertThat(error.diagnosis()).isNotNull();
            assertThat(error.diagnosis().advice()).isNotEmpty();
        }
    }

    @Test
    void theDeadlinesAreTheUsers() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            assertThat(c.ended()).isTrue();
        })) {
            assertThat(failure(WebSocket.builder(peer.url()).handshakeDeadline(Duration.ofMillis(300)))
                            .message())
                    .isEqualTo("no answer from " + peer.url() + " within 300 ms");
        }
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.frame();
            assertThat(c.ended()).isTrue();
        })) {
            CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
            WebSocket socket = WebSocket.builder(peer.url())
                    .closeDeadline(Duration.ofMillis(300))
                    .open(s -> {
                        s.onopen(e -> s.close(1000));
                        s.onerror(error::complete);
                    });
            assertThat(EventLog.end(socket).code()).isEqualTo(1006);
            assertThat(error.join().message()).isEqualTo("no Close frame from the server within 300 ms");
            assertThat(error.join().step()).isEqualTo(ErrorEvent.Step.CLOSE);
        }
    }

    @Test
    void handlersRunOnTheUsersExecutorAndOnSharedThreadsWhenThatIsShutDown() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-users"));
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.frame();
            // Until then the executor's thread may still take the next event along.
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            c.hex("88 00");
            c.frame();
        })) {
            List<String> threads = new CopyOnWriteArrayList<>();
            WebSocket socket = WebSocket.builder(peer.url()).executor(executor).open(s -> {
                s.onopen(e -> {
                    threads.add(Thread.currentThread().getName());
                    executor.shutdown();
                    s.send("go on");
                });
                s.onclose(e -> threads.add(Thread.currentThread().getName().replaceAll("[0-9]+", "")));
            });
            EventLog.end(socket);
            assertThat(threads).containsExactly("the-users", "wscratch-events-");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aMessageOverTheUsersLimitFailsTheConnection() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.message("12345");
            assertThat(c.frame().closeCode()).isEqualTo(1009);
        })) {
            assertThat(failure(WebSocket.builder(peer.url()).maxMessage(4)).message())
                    .contains("expected at most 4 bytes in a message");
        }
    }

    @Test
    void moreThanTheUsersLimitWaitingToBeSentFailsTheConnection() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(c.ended()).isTrue();
        })) {
            CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
            WebSocket socket = WebSocket.builder(peer.url()).maxBuffered(10).open(s -> {
                s.onopen(e -> s.send("12345678901"));
                s.onerror(error::complete);
            });
            assertThat(EventLog.end(socket).code()).isEqualTo(1006);
            assertThat(error.join().message()).contains("send queue full: expected at most 10 bytes");
            assertThat(socket.bufferedAmount()).isEqualTo(11);
        }
    }

    @Test
    void theTapSeesFramesOfBothDirectionsAsTheyTravel() throws Exception {
        List<PassingFrame> frames = new CopyOnWriteArrayList<>();
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept("Sec-WebSocket-Extensions: permessage-deflate");
            assertThat(c.frame().payload()).hasSizeLessThan(100);
            c.hex("c1 07 f2 48 cd c9 c9 07 00 89 01 21");
            assertThat(c.frame().opcode()).isEqualTo(10);
            c.hex("88 02 03 e8");
            assertThat(c.frame().closeCode()).isEqualTo(1000);
        })) {
            List<Object> messages = new CopyOnWriteArrayList<>();
            WebSocket socket = WebSocket.builder(peer.url()).frames(frames::add).open(s -> {
                s.onopen(e -> s.send("x".repeat(1000)));
                s.onmessage(e -> messages.add(e.data()));
            });
            EventLog.end(socket);
            assertThat(socket.extensions()).isEqualTo("permessage-deflate");
            assertThat(messages).containsExactly("Hello");
        }
        assertThat(frames)
                .extracting(frame -> frame.header().opcode())
                .containsExactly(Opcode.TEXT, Opcode.TEXT, Opcode.PING, Opcode.PONG, Opcode.CLOSE, Opcode.CLOSE);
        assertThat(frames).extracting(PassingFrame::sent).containsExactly(true, false, false, true, false, true);
        assertThat(frames.get(0).header().rsv1()).isTrue();
        assertThat(frames.get(0).header().masked()).isTrue();
        assertThat(frames.get(3).payload()).isEqualTo(frames.get(2).payload());
        assertThat(frames.get(1).header().payloadLength()).isEqualTo(7);
    }

    @Test
    void withoutCompressionNoneIsOffered() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            assertThat(c.accept("Sec-WebSocket-Extensions: permessage-deflate"))
                    .doesNotContain("Sec-WebSocket-Extensions");
        })) {
            assertThat(failure(WebSocket.builder(peer.url()).compression(false)).message())
                    .contains("expected none, got \"permessage-deflate\"");
        }
    }

    @Test
    void whatAServerMayNotAnswerToTheOfferFailsTheConnection() throws Exception {
        for (String answer : List.of(
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate, permessage-deflate",
                "permessage-deflate; x")) {
            try (ScriptedServer peer = ScriptedServer.start(c -> assertThat(
                            c.accept("Sec-WebSocket-Extensions: " + answer))
                    .contains("\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"))) {
                assertThat(failure(WebSocket.builder(peer.url())).step())
                        .as(answer)
                        .isEqualTo(ErrorEvent.Step.HANDSHAKE);
            }
        }
    }

    @Test
    void aProxyIsAskedForATunnel() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start(c -> {
            assertThat(c.head())
                    .startsWith("CONNECT example.invalid:80 HTTP/1.1\r\nHost: example.invalid:80\r\n")
                    .contains("\r\nProxy-Authorization: Basic dTpw\r\n")
                    .doesNotContain("Bearer");
            c.text("HTTP/1.1 200 Connection established\r\n\r\n");
            assertThat(c.accept())
                    .contains("\r\nHost: example.invalid\r\n", "Bearer t")
                    .doesNotContain("Proxy");
            c.message("through");
            c.hex("88 00");
            c.frame();
        })) {
            WebSocket socket = WebSocket.builder("ws://example.invalid/x")
                    .header("Authorization", "Bearer t")
                    .proxy(URI.create("http://u:p@127.0.0.1:" + proxy.port()))
                    .connect();
            assertThat(EventLog.ofWhole(socket)).contains("message through [OPEN]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 407 Proxy Authentication Required, 'got 407 Proxy Authentication Required; give user and password'",
        "HTTP/1.1 502, expected 200",
        "nonsense, no tunnel through the proxy",
    })
    void aProxyThatRefusesIsAConnectError(String answer, String message) throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start(c -> {
            c.head();
            c.text(answer + "\r\n\r\n");
            assertThat(c.ended()).isTrue();
        })) {
            ErrorEvent error =
                    failure(WebSocket.builder("ws://h/").proxy(URI.create("http://127.0.0.1:" + proxy.port())));
            assertThat(error.step()).isEqualTo(ErrorEvent.Step.CONNECT);
            assertThat(error.message()).contains("no tunnel through the proxy").contains(message);
        }
    }

    @Test
    void aRedirectToAnotherOriginIsFollowedWithoutSecrets() throws Exception {
        try (ScriptedServer second = ScriptedServer.start(c -> {
                    assertThat(c.accept("Sec-WebSocket-Protocol: chat"))
                            .doesNotContain("Authorization", "Cookie", "X-Api-Key");
                    c.hex("88 02 03 e8");
                    c.frame();
                });
                ScriptedServer first = ScriptedServer.start(c -> {
                    assertThat(c.head()).contains("Bearer t");
                    c.text("HTTP/1.1 307 T\r\nLocation: " + second.url() + "\r\nContent-Length: 0\r\n\r\n");
                    assertThat(c.ended()).isTrue();
                })) {
            EventLog log = new EventLog();
            WebSocket socket = WebSocket.builder(first.url())
                    .subprotocols("chat")
                    .header("Authorization", "Bearer t")
                    .header("Cookie", "c=1")
                    .header("X-Api-Key", "k")
                    .followRedirects(1)
                    .open(log::listen);
            assertThat(EventLog.end(socket).code()).isEqualTo(1000);
            assertThat(log.types()).containsExactly("open", "close");
            assertThat(socket.url()).isEqualTo(first.url());
        }
    }

    @Test
    void pongsForAServerThatNeverReadsAreBounded() throws Exception {
        byte[] pings = new byte[127 * 2000];
        for (int at = 0; at < pings.length; at += 127) {
            pings[at] = (byte) 0x89;
            pings[at + 1] = 125;
        }
        AtomicInteger pongs = new AtomicInteger();
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            for (int i = 0; i < 100; i++) {
                c.bytes(pings);
            }
            c.bytes("end".getBytes(StandardCharsets.UTF_8));
        })) {
            WebSocket socket = WebSocket.builder(peer.url())
                    .frames(frame -> {
                        if (frame.sent()) {
                            pongs.incrementAndGet();
                        }
                    })
                    .connect();
            assertThat(EventLog.end(socket).code()).isEqualTo(1006);
        }
        assertThat(pongs.get()).as("of 200,000 pings, 25 MB").isLessThan(190_000);
    }
}
