package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.client.Handshake.Incomplete;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import dev.wscratch.wire.HeaderField;
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

    private final Handshake handshake = handshake("ws://example.org:8080/chat?x=1");

    private static Handshake handshake(String url, HeaderField... headers) {
        return new Handshake(Address.of(url, List.of()), List.of(headers), List.of(), KEY);
    }

    @Test
    void theRequestNamesTargetAndHostAndHasNoOrigin() {
        assertThat(request(handshake))
                .startsWith("GET /chat?x=1 HTTP/1.1\r\n")
                .contains("Host: example.org:8080\r\n", "Sec-WebSocket-Key: " + KEY + "\r\n")
                .doesNotContainIgnoringCase("origin")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theAnswerMayComeByteByByteAndWhatFollowsIsLeft() {
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
        assertThat(handshake.read(bytes("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n")))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.error().message())
                            .isEqualTo("the server answered 503 Service Unavailable instead of 101");
                    assertThat(refused.error().status()).isEqualTo(503);
                    assertThat(refused.error().headers().first("retry-after")).isEqualTo("7");
                    assertThat(refused.error().diagnosis()).isNotNull();
                });
    }

    @Test
    void whatIsNoHttpIsRefusedWithoutAStatus() {
        assertThat(handshake.read(bytes("SSH-2.0-OpenSSH_9\r\n\r\n")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().status()).isZero());
    }

    @Test
    void theUsersHeadersAreSent() {
        assertThat(request(handshake("ws://h/", new HeaderField("X-Trace", "1"))))
                .contains("\r\nX-Trace: 1\r\n");
    }

    @Test
    void userAndPasswordOfTheUrlAreSentUnlessAHeaderSaysMore() {
        assertThat(request(handshake("ws://Aladdin:open%20sesame@h/")))
                .contains("\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
        assertThat(request(handshake("ws://u:p@h/", new HeaderField("authorization", "Bearer t"))))
                .contains("\r\nauthorization: Bearer t\r\n")
                .doesNotContain("Basic");
    }

    @Test
    void aHeaderThatWouldBeginALineOfItsOwnIsRefusedAtOnce() {
        assertThatThrownBy(() -> handshake("ws://h/", new HeaderField("X", "a\r\nY: b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a header value on one line")
                .hasMessageContaining("for X")
                .hasMessageNotContaining("Y: b");
    }

    private static String request(Handshake handshake) {
        return StandardCharsets.ISO_8859_1.decode(handshake.request()).toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
