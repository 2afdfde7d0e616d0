package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.client.Handshake.Incomplete;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    /** The key and the answer of RFC 6455 section 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPTED = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");

    private final Handshake handshake = new Handshake(Address.of("ws://example.org:8080/chat?x=1", List.of()));

    @Test
    void theRequestNamesTargetAndHostAndHasNoOrigin() {
        String request =
                StandardCharsets.ISO_8859_1.decode(handshake.request(KEY)).toString();
        assertThat(request)
                .startsWith("GET /chat?x=1 HTTP/1.1\r\n")
                .contains("Host: example.org:8080\r\n", "Sec-WebSocket-Key: " + KEY + "\r\n")
                .doesNotContainIgnoringCase("origin")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theAnswerMayComeByteByByteAndWhatFollowsIsLeft() {
        handshake.request(KEY);
        String all = ACCEPTED + "frames";
        int end = ACCEPTED.length() - 1;
        for (int i = 0; i < end; i++) {
            assertThat(handshake.read(bytes(all.substring(i, i + 1)))).isInstanceOf(Incomplete.class);
        }
        ByteBuffer last = bytes(all.substring(end));
        assertThat(handshake.read(last)).isInstanceOf(Opened.class);
        assertThat(StandardCharsets.US_ASCII.decode(last).toString()).isEqualTo("frames");
    }

    @Test
    void anotherStatusIsARefusalThatNamesIt() {
        handshake.request(KEY);
        assertThat(handshake.read(bytes("HTTP/1.1 503 Service Unavailable\r\n\r\n")))
                .isEqualTo(new Refused("the server answered 503 Service Unavailable instead of 101", 503));
    }

    @Test
    void whatIsNoHttpIsRefusedWithoutAStatus() {
        handshake.request(KEY);
        assertThat(handshake.read(bytes("SSH-2.0-OpenSSH_9\r\n\r\n")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isZero());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
