package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.WebSocketRecorder;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WscratchServerIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebSocketRecorder connect(URI uri) throws Exception {
        return WebSocketRecorder.connect(http, uri);
    }

    @Test
    void theSeedAnswersEachMessageWithEcho() throws Exception {
        WebSocketRecorder client = connect(server.uri("/"));
        client.send("Hello Server!");
        assertThat(client.nextText()).isEqualTo("Echo: Hello Server!");
    }

    @Test
    void theSeedReadsBytesAsUtf8WithReplacement() throws Exception {
        WebSocketRecorder client = connect(server.uri("/"));
        client.send(ByteBuffer.wrap(new byte[] {'h', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF}));
        assertThat(client.nextText()).isEqualTo("Echo: hé\uFFFD");
    }

    @Test
    void echoGivesTextBackAsTextAndBytesBackAsBytes() throws Exception {
        WebSocketRecorder client = connect(server.uri("/echo"));
        client.send("grüße 🙂");
        assertThat(client.nextText()).isEqualTo("grüße 🙂");
        client.send(ByteBuffer.wrap(new byte[] {0, -1, 16}));
        assertThat(client.nextBytes()).containsExactly(0, -1, 16);
    }

    @Test
    void aMessageOfOneMebibytePassesBothWays() throws Exception {
        byte[] message = new byte[1 << 20];
        new Random(1).nextBytes(message);
        WebSocketRecorder client = connect(server.uri("/echo"));
        client.send(ByteBuffer.wrap(message));
        assertThat(client.nextBytes()).isEqualTo(message);
    }

    @Test
    void aMessageOverTheLimitIsRefusedWith1009() throws Exception {
        WebSocketRecorder client = connect(server.uri("/echo"));
        client.send(ByteBuffer.allocate((1 << 20) + 1));
        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @Test
    void tenThousandMessagesComeBackInOrder() throws Exception {
        WebSocketRecorder client = connect(server.uri("/echo"));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            sent.add("message " + i);
            client.send("message " + i);
        }
        List<String> received = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            received.add(client.nextText());
        }
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void aThousandConnectionsOpenEchoAndClose() throws Exception {
        List<WebSocketRecorder> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clients.add(connect(server.uri("/echo")));
        }
        for (int i = 0; i < 1_000; i++) {
            clients.get(i).send("client " + i);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(clients.get(i).nextText()).isEqualTo("client " + i);
            clients.get(i).sendClose(1000, "done");
        }
        for (WebSocketRecorder client : clients) {
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void theServersAnswerToACloseCarriesTheClientsCode() throws Exception {
        WebSocketRecorder client = connect(server.uri("/echo"));
        client.sendClose(4001, "done");
        assertThat(client.closeCode()).isEqualTo(4001);
    }

    @Test
    void stoppingClosesEverySessionWith1001AndFreesThePort() throws Exception {
        WebSocketRecorder first = connect(server.uri("/"));
        WebSocketRecorder second = connect(server.uri("/echo"));
        int port = server.port();
        server.close();
        assertThat(first.closeCode()).isEqualTo(1001);
        assertThat(second.closeCode()).isEqualTo(1001);
        server.close();
        server = WscratchServer.builder().port(port).start();
        assertThat(server.port()).isEqualTo(port);
    }

    @Test
    void twoServersInOneJvmKeepTheirOwnLimits() throws Exception {
        try (WscratchServer small =
                WscratchServer.builder().port(0).maxMessage(100).start()) {
            WebSocketRecorder toSmall = connect(small.uri("/echo"));
            WebSocketRecorder toLarge = connect(server.uri("/echo"));
            toSmall.send("x".repeat(101));
            toLarge.send("x".repeat(101));
            assertThat(toSmall.closeCode()).isEqualTo(1009);
            assertThat(toLarge.nextText()).hasSize(101);
            assertThat(small.port()).isNotEqualTo(server.port());
        }
    }

    @Test
    void aTakenPortIsABindException() {
        assertThatThrownBy(() -> WscratchServer.builder().port(server.port()).start())
                .isInstanceOf(BindException.class);
    }

    @Test
    void onlyTheAskedAddressIsListenedOn() {
        assertThatThrownBy(() -> new Socket("127.0.0.2", server.port()).close()).isInstanceOf(IOException.class);
    }

    @Test
    void compressionIsNeverNegotiated() throws Exception {
        RawPeer peer = RawPeer.connect(server.port());
        String head = peer.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        peer.close();
    }

    @Test
    void thePageIsServedBesideTheEndpoints() throws Exception {
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(server.page())
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    }
}
