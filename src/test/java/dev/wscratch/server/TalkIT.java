package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /talk} of the standalone server, as it looks on the wire. */
@Timeout(60)
class TalkIT {
    private static final String PATH = "/talk";
    private static final String AGREED = "Sec-WebSocket-Protocol: ";
    private static final String SUBSCRIBE = "{\"type\":\"live\",\"on\":true,\"every\":100}";

    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            wscratch.v1.json                   | wscratch.v1.json
            wscratch.v1.cbor                   | wscratch.v1.cbor
            wscratch.v1.cbor, wscratch.v1.json | wscratch.v1.cbor
            chat, wscratch.v1.json             | wscratch.v1.json
            """)
    void theFirstSubprotocolThatIsKnownIsAgreedOn(String offered, String agreed) throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.handshake(PATH, AGREED + offered)).contains("\r\n" + AGREED + agreed + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {AGREED + "chat", "X-No-Subprotocol: asked for"})
    void withoutASubprotocolItSpeaksJson(String header) throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.handshake(PATH, header)).startsWith("HTTP/1.1 101").doesNotContain(AGREED);
            peer.sendText("{\"type\":\"ping\",\"stamp\":17}");
            Frame answer = peer.readFrame();
            assertThat(answer.opcode()).isEqualTo(RawPeer.TEXT);
            assertThat(answer.text()).matches("\\{\"type\":\"pong\",\"stamp\":17,\"time\":[0-9]{13}}");
        }
    }

    @Test
    void cborTravelsInBinaryMessages() throws IOException {
        try (RawPeer peer = cbor()) {
            peer.send(RawPeer.frame(0x82, HexFormat.of().parseHex("a26474797065646563686f6474657874626869")));
            Frame answer = peer.readFrame();
            assertThat(answer.opcode()).isEqualTo(RawPeer.BINARY);
            assertThat(answer.payload()).asHexString().isEqualToIgnoringCase("a26474797065646563686f6474657874626869");
        }
    }

    @Test
    void aConnectionLivesOnAfterEachProblem() throws IOException {
        try (RawPeer peer = RawPeer.open(server.port(), PATH)) {
            for (String bad : List.of("", "{", "[]", "null", "{}", "{\"type\":\"x\"}", "[".repeat(100_000))) {
                peer.sendText(bad);
                assertThat(peer.readFrame().text()).startsWith("{\"type\":\"problem\",\"code\":\"");
            }
            peer.send(RawPeer.frame(0x82, new byte[] {(byte) 0xA0}));
            assertThat(peer.readFrame().text()).contains("\"code\":\"wrong-format\"");
            peer.sendText("{\"type\":\"echo\",\"text\":\"still here\"}");
            assertThat(peer.readFrame().text()).isEqualTo("{\"type\":\"echo\",\"text\":\"still here\"}");
        }
        try (RawPeer peer = cbor()) {
            peer.sendText("{\"type\":\"ping\",\"stamp\":1}");
            assertThat(new String(peer.readFrame().payload(), UTF_8)).contains("wrong-format");
            peer.send(RawPeer.frame(0x82, HexFormat.of().parseHex("a161785b7fffffffffffffff")));
            assertThat(new String(peer.readFrame().payload(), UTF_8)).contains("syntax");
        }
    }

    @Test
    void onlyWhatCannotBeAnsweredCloses() throws IOException {
        try (RawPeer peer = RawPeer.open(server.port(), PATH)) {
            peer.send(RawPeer.frame(0x81, new byte[] {'{', (byte) 0xFF}));
            assertThat(peer.readClose().closeCode()).isEqualTo(1007);
        }
        try (RawPeer peer = RawPeer.open(server.port(), PATH)) {
            peer.send(RawPeer.header(0x81, (1 << 20) + 1));
            assertThat(peer.readClose().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void liveTimeComesUntilItIsSwitchedOff() throws IOException {
        try (RawPeer peer = RawPeer.open(server.port(), PATH)) {
            peer.sendText(SUBSCRIBE);
            assertThat(peer.readFrame().text()).isEqualTo(SUBSCRIBE);
            assertThat(time(peer.readFrame().text()))
                    .isLessThan(time(peer.readFrame().text()));
            peer.sendText("{\"type\":\"live\",\"on\":false}");
            String last = peer.readFrame().text();
            while (last.contains("\"time\"")) {
                last = peer.readFrame().text();
            }
            assertThat(last).isEqualTo("{\"type\":\"live\",\"on\":false,\"every\":1000}");
            peer.sendText("{\"type\":\"echo\",\"text\":\"\"}");
            assertThat(peer.readFrame().text()).isEqualTo("{\"type\":\"echo\",\"text\":\"\"}");
        }
    }

    @Test
    void liveTimeDoesNotPileUpOnAPeerThatDoesNotRead() throws Exception {
        String echo = "{\"type\":\"echo\",\"text\":\"" + "a".repeat(64_000) + "\"}";
        int echoes = 400;
        try (RawPeer peer = RawPeer.openWithSmallBuffer(server.port(), PATH)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(peer, echoes, echo));
            // Long enough to fill the buffers between the two, and shorter than the write deadline.
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(8)).until(() -> !peer.socket()
                    .isClosed());
            long skipped = 0;
            int answers = 0;
            while (answers < echoes || skipped == 0) {
                String text = peer.readFrame().text();
                if (text.startsWith("{\"type\":\"time\"")) {
                    skipped = Math.max(skipped, skipped(text));
                } else if (text.startsWith("{\"type\":\"echo\"")) {
                    answers++;
                }
            }
            sending.get(10, TimeUnit.SECONDS);
            assertThat(skipped).as("left out while one was under way").isGreaterThanOrEqualTo(5);
        }
    }

    private static void send(RawPeer peer, int echoes, String echo) {
        try {
            peer.sendText(SUBSCRIBE);
            for (int i = 0; i < echoes; i++) {
                peer.sendText(echo);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RawPeer cbor() throws IOException {
        RawPeer peer = RawPeer.connect(server.port());
        assertThat(peer.handshake(PATH, AGREED + "wscratch.v1.cbor")).startsWith("HTTP/1.1 101");
        return peer;
    }

    private static long time(String json) {
        return number(json, "time\":");
    }

    private static long skipped(String json) {
        return number(json, "skipped\":");
    }

    private static long number(String json, String after) {
        assertThat(json).startsWith("{\"type\":\"time\",");
        String rest = json.substring(json.lastIndexOf(after) + after.length());
        return Long.parseLong(rest.replaceAll("[^0-9].*", ""));
    }
}
