package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void headersOfTheServerComeLast() {
        Server server = Server.parse("ws://localhost:1/").with(List.of(new HeaderField("X-Token", "{key}")), List.of());
        assertThat(head(Request.USUAL, server)).endsWith("Sec-WebSocket-Version: 13\r\nX-Token: {key}\r\n\r\n");
    }

    @Test
    void subprotocolsOfTheServerAreOfferedBehindThoseOfTheCase() {
        Server server = Server.parse("ws://localhost:1/").with(List.of(), List.of("b", "c"));
        assertThat(head(Request.USUAL, server)).endsWith("\r\nSec-WebSocket-Protocol: b, c\r\n\r\n");
        Request offering = Request.USUAL.withSubprotocols("a", "b");
        assertThat(head(offering, server)).endsWith("\r\nSec-WebSocket-Protocol: a, b, c\r\n\r\n");
        assertThat(offering.handshake(server, KEY).subprotocols()).containsExactly("a", "b", "c");
    }

    private static String head(Request request, Server server) {
        return new String(request.bytes(server, KEY).toArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theKeysAreThoseThatAreSentAndValid() {
        assertThat(Request.USUAL.keys(KEY)).containsExactly(KEY);
        assertThat(Request.USUAL.but("Sec-WebSocket-Key: short").keys(KEY)).isEmpty();
        assertThat(Request.USUAL
                        .with("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
                        .keys(KEY))
                .containsExactly(KEY, "AAAAAAAAAAAAAAAAAAAAAA==");
    }
}
