package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadTextTest {
    @Test
    void secretsAreCountedAndControlCharactersEscaped() {
        String head = "GET / HTTP/1.1\r\nHost: a\r\nCOOKIE: id=secret\r\nX: \u001b[2J\r\n\r\n";
        assertThat(HeadText.lines(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1))))
                .containsExactly("GET / HTTP/1.1", "Host: a", "COOKIE: (not shown, 9 characters)", "X: \\u001b[2J");
    }
}
