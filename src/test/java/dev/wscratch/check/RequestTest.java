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
        Server server = Server.parse("ws://localhost:1/").with(List.of(new HeaderField("X-Token", "{key}")));
        String head = new String(Request.USUAL.bytes(server, KEY).toArray(), StandardCharsets.ISO_8859_1);
        assertThat(head).endsWith("Sec-WebSocket-Version: 13\r\nX-Token: {key}\r\n\r\n");
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
