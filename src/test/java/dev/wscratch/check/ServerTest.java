package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerTest {
    @Test
    void aPathIsSentInAscii() {
        assertThat(Server.parse("ws://localhost:8080/\u00e9?\u00fc").resource()).isEqualTo("/%C3%A9?%C3%BC");
    }

    @Test
    void aPasswordIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> Server.parse("wss://user:secret@localhost/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url: expected no user and no password");
    }
}
