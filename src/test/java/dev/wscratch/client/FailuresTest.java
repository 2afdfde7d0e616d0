package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server may do wrong, and what the client says of it. */
@Timeout(30)
class FailuresTest {
    @Test
    void closeWhileConnectingGivesUp() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            assertThat(c.ended()).isTrue();
        })) {
            EventLog log = new EventLog();
            WebSocket socket = new WebSocket(peer.url());
            log.listen(socket);
            org.awaitility.Awaitility.await().until(() -> socket.readyState() == ReadyState.CONNECTING);
            socket.close();
            assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
            assertThat(log.lines()).hasSize(2).first().asString().contains("close() was called before");
        }
    }

    @Test
    void anAbruptEndIsAnErrorAnd1006() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(ScriptedServer.Connection::accept)) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .containsExactly(
                            "open [OPEN]",
                            "error frames: the server ended the connection without a Close frame [CLOSED]",
                            "close 1006 \"\" clean=false [CLOSED]");
        }
    }

    @Test
    void aResetIsAnErrorAnd1006() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.frame();
            c.reset();
        })) {
            WebSocket socket = new WebSocket(peer.url());
            socket.onopen(e -> socket.send("go"));
            CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
            socket.onerror(error::complete);
            assertThat(EventLog.end(socket).code()).isEqualTo(1006);
            assertThat(error.join().step()).isEqualTo(ErrorEvent.Step.FRAMES);
        }
    }

    @Test
    void aServerThatGoesAwayBeforeItsAnswerIsNoticedAtOnce() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(ScriptedServer.Connection::head)) {
            long start = System.nanoTime();
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .first()
                    .asString()
                    .startsWith("error handshake: the server ended the connection without an answer");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(5);
        }
    }

    @Test
    void aPortWhereNobodyListensIsAConnectError() throws Exception {
        int port;
        try (ScriptedServer peer = ScriptedServer.start(c -> {})) {
            port = peer.port();
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
        WebSocket socket = new WebSocket("ws://127.0.0.1:" + port);
        assertThatThrownBy(() -> socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("connect: cannot reach 127.0.0.1 port " + port);
        assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
    }

    @Test
    void aRefusalTellsItsStatus() throws Exception {
        for (String status : List.of("401 Unauthorized", "403 Forbidden", "503 Service Unavailable", "302 Found")) {
            try (ScriptedServer peer = ScriptedServer.start(c -> {
                c.head();
                c.text("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nWWW-Authenticate: Basic\r\n\r\n");
                assertThat(c.ended()).isTrue();
            })) {
                WebSocket socket = new WebSocket(peer.url());
                CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
                socket.onerror(error::complete);
                assertThat(EventLog.end(socket).code()).isEqualTo(1006);
                assertThat(error.join().step()).isEqualTo(ErrorEvent.Step.HANDSHAKE);
                assertThat(error.join().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(error.join().message()).isEqualTo("the server answered " + status + " instead of 101");
            }
        }
    }

    @Test
    void aWrongAcceptKeyIsRefused() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text(String.join(
                    "\r\n",
                    "HTTP/1.1 101 X",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: AAAA",
                    "",
                    ""));
            assertThat(c.ended()).isTrue();
        })) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("got \"AAAA\"", "RFC 6455 4.1");
        }
    }

    @Test
    void theChosenSubprotocolIsTold() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            assertThat(c.accept("Sec-WebSocket-Protocol: b"))
                    .contains("Sec-WebSocket-Protocol: a, b\r\n")
                    .doesNotContainIgnoringCase("origin");
            c.hex("88 00");
            c.frame();
        })) {
            WebSocket socket = new WebSocket(peer.url(), "a", "b");
            assertThat(socket.protocol()).isEmpty();
            assertThat(EventLog.end(socket).wasClean()).isTrue();
            assertThat(socket.protocol()).isEqualTo("b");
        }
    }

    @Test
    void aSubprotocolThatWasNotOfferedIsRefused() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> c.accept("Sec-WebSocket-Protocol: c"))) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url(), "a")))
                    .first()
                    .asString()
                    .contains("got \"c\"", "RFC 6455 4.1");
        }
    }

    @Test
    void aMaskedFrameOfTheServerIsRefusedWith1002() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("81 82 00 00 00 00 68 69");
            assertThat(c.frame().closeCode()).isEqualTo(1002);
        })) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .element(1)
                    .asString()
                    .contains("frames: the server broke the protocol: 1002", "RFC 6455 5.1");
        }
    }

    @Test
    void textThatIsNotUtf8FailsTheConnection() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("81 02 c3 28");
            assertThat(c.frame().closeCode()).isEqualTo(1007);
        })) {
            assertThat(EventLog.ofWhole(new WebSocket(peer.url())))
                    .hasSize(3)
                    .last()
                    .asString()
                    .startsWith("close 1006");
        }
    }
}
