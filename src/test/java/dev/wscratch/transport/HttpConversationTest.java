package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import dev.wscratch.peer.Requests;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConversationTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** The plainest endpoint. */
    @ServerEndpoint("/echo")
    public static final class Echo {
        @OnMessage
        public String onText(String text) {
            return text;
        }
    }

    private final List<String> rejected = new ArrayList<>();
    private final InMemory memory = new InMemory(Echo.class);
    private final FakeTcp tcp = new FakeTcp();

    HttpConversationTest() {
        memory.metrics = new TransportMetrics() {
            @Override
            public void rejected(String reason) {
                rejected.add(reason);
            }
        };
    }

    private static void send(InboundConnection connection, String raw) {
        connection.received(ByteBuffer.wrap(raw.getBytes(ISO_8859_1)));
    }

    private String answerTo(byte[] request) throws Exception {
        memory.accept(tcp).received(ByteBuffer.wrap(request));
        return tcp.takeText();
    }

    @Test
    void aPlainRequestIsAnsweredAndTheNextOneAfterIt() throws Exception {
        InboundConnection connection = memory.accept(tcp);
        send(connection, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(tcp.takeText()).startsWith("HTTP/1.1 200 OK").endsWith("page /a\n");
        assertThat(tcp.paused)
                .as("nothing is read while an answer is on its way")
                .isTrue();
        tcp.runTasks();
        assertThat(tcp.takeText()).startsWith("HTTP/1.1 200 OK").endsWith("page /b\n");
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
        assertThat(tcp.done).isEmpty();
    }

    @Test
    void aHeadThatComesByteByByteIsTheSameRequest() throws Exception {
        InboundConnection connection = memory.accept(tcp);
        for (byte one : Requests.bytes("GET", "/slow")) {
            assertThat(tcp.takeText()).isEmpty();
            connection.received(ByteBuffer.wrap(new byte[] {one}));
        }
        assertThat(tcp.takeText()).endsWith("page /slow\n");
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABodyAlsoWhenItIsRefused() throws Exception {
        assertThat(answerTo(Requests.bytes("HEAD", "/a")))
                .contains("Content-Length: 8")
                .endsWith("\r\n\r\n");
        InboundConnection refused = memory.accept(tcp);
        send(refused, "HEAD / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        assertThat(tcp.takeText()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
    }

    @Test
    void anOldOrLastRequestEndsTheConnectionOnceItsAnswerIsOut() throws Exception {
        InboundConnection connection = memory.accept(tcp);
        send(connection, "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET /b");
        assertThat(tcp.takeText()).contains("Connection: close").endsWith("page /a\n");
        assertThat(tcp.done).containsExactly("shutdownOutput");
        tcp.runTasks();
        send(connection, "GET /c HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(tcp.takeText()).as("what comes after it is dropped").isEmpty();
        connection.check(System.nanoTime() + HOUR);
        assertThat(tcp.done).containsExactly("shutdownOutput", "abort");
    }

    /** Found by review: the connection was dropped with a stack trace from Grizzly. */
    @Test
    void aPageThatCannotBeMadeIsAnInternalErrorThatTellsNothing() throws Exception {
        memory.pages = request -> {
            throw new IllegalStateException("a secret");
        };
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            assertThat(answerTo(Requests.bytes("GET", "/")))
                    .startsWith("HTTP/1.1 500 ")
                    .doesNotContain("secret");
            assertThat(log.all()).contains("ERROR a page could not be made");
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAndTheConnectionEnds() throws Exception {
        assertThat(answerTo("\u0016\u0003\u0001 hello\r\n\r\n".getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close");
        assertThat(tcp.done).containsExactly("shutdownOutput");
        assertThat(rejected).hasSize(1);
    }

    @Test
    void aHeadThatIsNotCompleteInTimeIs408AndSilenceJustEnds() throws Exception {
        memory.deadlines = InMemory.at("handshake", Duration.ofNanos(1));
        InboundConnection slow = memory.accept(tcp);
        send(slow, "GET / HT");
        slow.check(System.nanoTime());
        slow.check(System.nanoTime());
        tcp.runTasks();
        assertThat(tcp.takeText()).containsOnlyOnce("HTTP/1.1 408 ").endsWith("no whole request head within 0 s\n");
        assertThat(rejected).containsExactly("HEAD_TOO_SLOW");

        FakeTcp silent = new FakeTcp();
        InboundConnection connection = memory.accept(silent);
        connection.check(System.nanoTime());
        silent.runTasks();
        assertThat(silent.takeText()).isEmpty();
        assertThat(silent.done).containsExactly("close");
    }

    @Test
    void aHeadThatIsCompletedBeforeTheSelectorLooksIsNotLate() throws Exception {
        InboundConnection connection = memory.accept(tcp);
        connection.check(System.nanoTime() + HOUR);
        send(connection, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        tcp.runTasks();
        assertThat(tcp.takeText()).startsWith("HTTP/1.1 200").doesNotContain("408");
    }

    @Test
    void aPeerThatDoesNotTakeItsAnswerIsCutOff() throws Exception {
        tcp.stuck = true;
        InboundConnection connection = memory.accept(tcp);
        send(connection, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        connection.check(System.nanoTime());
        assertThat(tcp.done).isEmpty();
        assertThat(connection.queuedBytes()).isPositive();
        connection.check(System.nanoTime() + HOUR);
        assertThat(tcp.done).containsExactly("abort");
        connection.gone();
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aServerThatStopsTakesNoUpgrades() throws Exception {
        memory.stopping = true;
        assertThat(answerTo(Requests.handshake("/echo")))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1", "the server is stopping");
        assertThat(rejected).containsExactly("STOPPING");
    }

    @Test
    void aServerThatStopsClosesConnectionsThatWaitAndLetsAnswersOut() throws Exception {
        InboundConnection waiting = memory.accept(tcp);
        waiting.stop(new CloseReason(CloseCode.GOING_AWAY, "server stops"));
        tcp.runTasks();
        assertThat(tcp.done).containsExactly("close");

        FakeTcp other = new FakeTcp();
        other.stuck = true;
        InboundConnection answering = memory.accept(other);
        send(answering, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        answering.stop(new CloseReason(CloseCode.GOING_AWAY, "server stops"));
        other.runTasks();
        assertThat(other.done).isEmpty();
    }

    @Test
    void anAddressWithTooManyClientsBehindAProxyIsRefused() throws Exception {
        memory.limits = new Limits(1 << 20, 100, 16 << 10, 100, 1, 100, 64 << 10);
        memory.proxies = new TrustedProxies(List.of("192.0.2.1"));
        byte[] handshake = Requests.handshake("/echo", "X-Forwarded-For: 203.0.113.9");
        assertThat(answerTo(handshake)).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo(handshake))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 5", "your address has its 1 connections");
        assertThat(rejected).containsExactly("ADDRESS_FULL");
        assertThat(answerTo(Requests.handshake("/echo", "X-Forwarded-For: 203.0.113.8")))
                .startsWith("HTTP/1.1 101 ");
    }

    @Test
    void aFrameThatComesWithTheHandshakeIsDelivered() throws Exception {
        byte[] handshake = Requests.handshake("/echo");
        ByteBuffer frame = InMemory.text("hello");
        memory.accept(tcp)
                .received(ByteBuffer.allocate(handshake.length + frame.remaining())
                        .put(handshake)
                        .put(frame)
                        .flip());
        assertThat(InMemory.frames(tcp.takeWritten())).containsExactly("text hello");
    }

    @Test
    void aTapSeesTheHandshakeAndWhatCameWithItOnce() throws Exception {
        StringBuilder seen = new StringBuilder();
        memory.taps = (head, secure) -> new ConnectionTap() {
            @Override
            public void received(ByteBuffer bytes) {
                seen.append(ISO_8859_1.decode(bytes));
            }

            @Override
            public void sent(ByteBuffer bytes) {}

            @Override
            public void ended(String cause) {
                seen.append("|").append(cause);
            }
        };
        String handshake = new String(Requests.handshake("/echo"), ISO_8859_1);
        String frame = ISO_8859_1.decode(InMemory.text("hello")).toString();
        InboundConnection connection = memory.accept(tcp);
        send(connection, handshake + frame);
        send(connection, frame);
        connection.gone();
        assertThat(seen).hasToString(handshake + frame + frame + "|the server ended TCP: the test did");
        assertThat(tcp.done).contains("watched");
    }

    @Test
    void aTapSeesAlsoTheHandshakeOfARawConnectionAndOneThatIsRefusedButNoStrangersAndNoPlainRequest() throws Exception {
        List<String> asked = new ArrayList<>();
        memory.taps = (head, secure) -> {
            asked.add(head.path());
            return null;
        };
        memory.raw = head -> head.path().equals("/raw") ? new RecordingHandler(new ArrayList<>()) : null;
        memory.accept(tcp).received(ByteBuffer.wrap(Requests.handshake("/raw")));
        memory.accept(tcp).received(ByteBuffer.wrap(Requests.handshake("/nowhere")));
        memory.accept(tcp).received(ByteBuffer.wrap(Requests.handshake("/evil", "Origin: http://evil.test")));
        send(
                memory.accept(tcp),
                new String(Requests.handshake("/rebound"), ISO_8859_1).replace("Host: localhost", "Host: evil.test"));
        send(memory.accept(tcp), "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(asked).containsExactly("/raw", "/nowhere");
    }

    @Test
    void aRawConnectionGetsWhatFollowsTheHead() throws Exception {
        List<String> events = new ArrayList<>();
        memory.raw = head -> head.path().equals("/raw") ? new RecordingHandler(events) : null;
        InboundConnection connection = memory.accept(tcp);
        send(connection, "GET /raw HTTP/1.1\r\nHost: localhost\r\n\r\nrest");
        send(connection, "more");
        assertThat(events).containsExactly("start", "rest", "more");
        assertThat(connection.isUpgraded()).isFalse();
        connection.gone();
        tcp.runTasks();
        assertThat(events).endsWith("gone");
    }

    private record RecordingHandler(List<String> events) implements RawConnection.Handler {
        @Override
        public void start(RawConnection connection) {
            events.add("start");
        }

        @Override
        public void received(ByteBuffer bytes) {
            events.add(ISO_8859_1.decode(bytes).toString());
        }

        @Override
        public void gone() {
            events.add("gone");
        }
    }
}
