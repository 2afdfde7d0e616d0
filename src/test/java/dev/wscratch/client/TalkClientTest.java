package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.message.Format;
import dev.wscratch.message.Message.Time;
import dev.wscratch.message.Subprotocol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TalkClientTest {
    private static final String AGREED = "Sec-WebSocket-Protocol: " + Subprotocol.JSON;

    @Test
    void closingAgainOrAfterTheServerDoesNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.accept(AGREED);
            peer.hex("88 02 03e9");
            peer.ended();
        })) {
            TalkClient talk = TalkClient.connect(URI.create(server.url()), Format.JSON);
            assertThat(talk.closed()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .code())
                    .isEqualTo(1001);
            talk.close();
            talk.close();
            assertFails(talk.echo("x").toCompletableFuture()).hasMessageContaining("closed");
        }
    }

    @Test
    void onTheOnlyThreadOfItsOwnExecutorItFailsInsteadOfWaitingForEver() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.accept(AGREED);
            peer.ended();
        })) {
            WebSocketBuilder connection =
                    WebSocket.builder(server.url()).executor(executor).handshakeDeadline(Duration.ofSeconds(1));
            CompletableFuture<Void> called = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> TalkClient.connect(connection, Format.JSON, Duration.ofMillis(1)))
                            .isInstanceOf(IOException.class)
                            .hasMessageStartingWith("expected the executor to run the open event of ws://127.0.0.1:")
                            .hasMessageEndingWith("is this its only thread?"),
                    executor);
            called.get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void closingFailsWhatIsDueAtOnceAndGivesTheServerTheCloseDeadline() throws Exception {
        CompletableFuture<Void> checked = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.accept(AGREED);
            peer.frame();
            // Answers neither the question nor the Close.
            assertThat(peer.frame().closeCode()).isEqualTo(1000);
            checked.get(10, TimeUnit.SECONDS);
        })) {
            TalkClient talk = TalkClient.connect(
                    WebSocket.builder(server.url()).closeDeadline(Duration.ofMillis(200)), Format.JSON);
            CompletableFuture<String> due = talk.echo("x").toCompletableFuture();
            talk.close();
            assertThat(due).isCompletedExceptionally();
            assertFails(due).hasMessage("this client was closed");
            assertThat(talk.closed().toCompletableFuture().get(5, TimeUnit.SECONDS))
                    .isEqualTo(new CloseEvent(1006, "", false));
            talk.close();
            checked.complete(null);
        }
    }

    @Test
    void whatAWebSocketMayBeAskedATalkClientMayBeAsked() throws Exception {
        List<PassingFrame> frames = new CopyOnWriteArrayList<>();
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-users"));
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
                    assertThat(peer.head()).startsWith("CONNECT example.invalid:80 ");
                    peer.text("HTTP/1.1 200 OK\r\n\r\n");
                    assertThat(peer.accept(AGREED))
                            .contains("\r\nAuthorization: Bearer t\r\n")
                            .contains("\r\nSec-WebSocket-Protocol: wscratch.v1.json\r\n");
                    peer.frame();
                    peer.message("{\"type\":\"live\",\"on\":true,\"every\":1000}");
                    peer.message("{\"type\":\"time\",\"time\":1,\"skipped\":0}");
                    peer.ended();
                });
                TalkClient talk = TalkClient.connect(
                        WebSocket.builder("ws://example.invalid/talk")
                                .subprotocols("another")
                                .header("Authorization", "Bearer t")
                                .proxy(URI.create("http://127.0.0.1:" + proxy.port()))
                                .frames(frames::add)
                                .executor(executor),
                        Format.JSON)) {
            CompletableFuture<String> thread = new CompletableFuture<>();
            talk.live(
                    Duration.ofSeconds(1),
                    time -> thread.complete(Thread.currentThread().getName()));
            assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("the-users");
            assertThat(frames).extracting(PassingFrame::sent).containsExactly(true, false, false);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aMessageThatIsNoneFailsWhatIsDueAndClosesWith1002() throws Exception {
        for (String nonsense : List.of("{", "{\"type\":\"pong\",\"stamp\":1,\"time\":1}")) {
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                        peer.accept(AGREED);
                        peer.frame();
                        peer.message(nonsense);
                        assertThat(peer.frame().closeCode()).isEqualTo(1002);
                    });
                    TalkClient talk = TalkClient.connect(URI.create(server.url()), Format.JSON)) {
                assertFails(talk.echo("x").toCompletableFuture())
                        .hasMessageMatching("the server's message is none.*|expected Echo, got Pong.*");
            }
        }
    }

    @Test
    void aMessageOfTheOtherFormatFailsWhatIsDueAndClosesWith1002() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.accept(AGREED);
                    peer.frame();
                    peer.hex("82 01 a0");
                    assertThat(peer.frame().closeCode()).isEqualTo(1002);
                });
                TalkClient talk = TalkClient.connect(URI.create(server.url()), Format.JSON)) {
            assertFails(talk.echo("x").toCompletableFuture())
                    .hasMessage("expected a text message with one JSON object (wscratch.v1.json), got the other kind");
        }
    }

    @Test
    void aConnectionThatBreaksFailsWhatIsDueWithTheReason() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.accept(AGREED);
                    peer.frame();
                });
                TalkClient talk = TalkClient.connect(URI.create(server.url()), Format.JSON)) {
            assertFails(talk.echo("x").toCompletableFuture())
                    .hasMessage("frames: the server ended the connection without a Close frame");
            assertThat(talk.closed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(new CloseEvent(1006, "", false));
        }
    }

    @Test
    void aPatienceOutOfRangeIsRefused() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(2))) {
            assertThatThrownBy(() -> TalkClient.connect(WebSocket.builder("ws://127.0.0.1:1/"), Format.JSON, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("patience: expected 1 ms to a day, got " + wrong);
        }
    }

    @Test
    void whoIsInterruptedWhileConnectingWaitsNoLonger() throws Exception {
        Thread connecting = Thread.currentThread();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.head();
            connecting.interrupt();
            assertThat(peer.ended()).isTrue();
        })) {
            assertThatThrownBy(() -> TalkClient.connect(URI.create(server.url()), Format.JSON))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("interrupted while connecting to " + server.url());
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "http"})
    void aFailureToConnectNamesNeitherUserInfoNorQuery(String scheme) throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        String place = "://127.0.0.1:" + port + "/talk";
        URI uri = URI.create(scheme + place.replace("://", "://user:secret@") + "?token=hidden");
        assertThatThrownBy(() -> TalkClient.connect(uri, Format.JSON))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot connect to ws" + place + ": connect: ")
                .satisfies(TalkClientTest::namesNoSecret);
    }

    @Test
    void aRefusalForWantOfASubprotocolNamesNeitherUserInfoNorQuery() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.accept();
            peer.ended();
        })) {
            URI uri = URI.create(server.url().replace("://", "://user:secret@") + "?token=hidden");
            assertThatThrownBy(() -> TalkClient.connect(uri, Format.JSON))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot connect to " + server.url() + ": handshake: expected one of ")
                    .hasMessageEndingWith("; is it a /talk endpoint?")
                    .satisfies(TalkClientTest::namesNoSecret);
        }
    }

    @Test
    void aQuestionThatTheServerDoesNotAnswerFails() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.accept(AGREED);
                    for (int i = 0; i < 4; i++) {
                        peer.frame();
                    }
                    peer.ended();
                });
                TalkClient talk =
                        TalkClient.connect(WebSocket.builder(server.url()), Format.JSON, Duration.ofMillis(200))) {
            String message = "expected an answer within 200 ms, got none";
            assertFails(talk.echo("x").toCompletableFuture()).hasMessageStartingWith(message);
            assertFails(talk.ping().toCompletableFuture()).hasMessageStartingWith(message);
            assertFails(talk.live(Duration.ofSeconds(1), time -> {}).toCompletableFuture())
                    .hasMessageStartingWith(message);
            assertFails(talk.stopLive().toCompletableFuture()).hasMessageStartingWith(message);
        }
    }

    @Test
    void anIntervalOutOfRangeIsRefusedAndLeavesTheListenerInPlace() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.accept(AGREED);
                    peer.frame();
                    peer.message("{\"type\":\"live\",\"on\":true,\"every\":1000}");
                    peer.frame();
                    peer.message("{\"type\":\"time\",\"time\":1,\"skipped\":0}");
                    peer.message("{\"type\":\"echo\",\"text\":\"go\"}");
                    peer.ended();
                });
                TalkClient talk = TalkClient.connect(URI.create(server.url()), Format.JSON)) {
            List<Time> first = new CopyOnWriteArrayList<>();
            List<Time> second = new CopyOnWriteArrayList<>();
            talk.live(Duration.ofSeconds(1), first::add).toCompletableFuture().get(10, TimeUnit.SECONDS);
            for (Duration wrong :
                    List.of(Duration.ofMillis(99), Duration.ofMillis(60_001), Duration.ofSeconds(Long.MAX_VALUE))) {
                assertThatThrownBy(() -> talk.live(wrong, second::add))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("expected an interval of 100 to 60000 ms, got " + wrong);
            }
            talk.echo("go").toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(first).containsExactly(new Time(1, 0));
            assertThat(second).isEmpty();
        }
    }

    private static AbstractThrowableAssert<?, ?> assertFails(CompletableFuture<?> answer) {
        return assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class);
    }

    private static void namesNoSecret(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret", "hidden");
    }
}
