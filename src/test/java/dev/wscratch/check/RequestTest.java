package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

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
