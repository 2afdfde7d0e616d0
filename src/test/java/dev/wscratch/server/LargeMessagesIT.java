package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.WebSocketRecorder;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages at and around the lengths where their frames change, up to a raised limit, through the JDK's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LargeMessagesIT {
    static final int LIMIT = 16 << 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private WscratchServer server;

    @BeforeAll
    void start() throws Exception {
        server = WscratchServer.builder().port(0).maxMessage(LIMIT).start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1 << 20, 4 << 20, LIMIT - 1, LIMIT})
    void aMessageUpToTheLimitComesBackAsItWas(int length) throws Exception {
        WebSocketRecorder socket = WebSocketRecorder.connect(http, server.uri("/echo"));
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('!' + i % 89);
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        socket.send(text);
        assertThat(socket.nextText().equals(text)).isTrue();
        socket.send(ByteBuffer.wrap(bytes));
        assertThat(socket.nextBytes()).isEqualTo(bytes);
        socket.sendClose(4001, "");
        assertThat(socket.closeCode()).isEqualTo(4001);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageOverTheLimitIsAnsweredWith1009(boolean asText) throws Exception {
        WebSocketRecorder socket = WebSocketRecorder.connect(http, server.uri("/echo"));
        if (asText) {
            socket.send("a".repeat(LIMIT + 1));
        } else {
            socket.send(ByteBuffer.allocate(LIMIT + 1));
        }
        assertThat(socket.closeCode()).isEqualTo(1009);
    }
}
