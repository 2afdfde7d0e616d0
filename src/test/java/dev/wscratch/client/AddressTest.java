package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "ws://localhost:8080,ws://localhost:8080/,/,8080,localhost:8080",
        "HTTP://example.org/a?b=c,ws://example.org/a?b=c,/a?b=c,80,example.org",
        "https://example.org,wss://example.org/,/,443,example.org",
        "wss://example.org:443/x,wss://example.org:443/x,/x,443,example.org",
        "ws://[::1]:9/,ws://[::1]:9/,/,9,[::1]:9",
        "ws://h/%20?%7C,ws://h/%20?%7C,/%20?%7C,80,h",
    })
    void aUrlBecomesWhatIsNeededToConnect(String url, String shown, String target, int port, String authority) {
        Address address = Address.of(url, List.of());
        assertThat(address.uri().toString()).isEqualTo(shown);
        assertThat(address.target()).isEqualTo(target);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org, expected a scheme ws",
        "example.org, expected a scheme ws",
        "ws:///path, expected a host",
        "ws:example, expected a host",
        "ws://example.org/#top, expected no fragment",
        "ws://exa mple.org, expected ws://host:port/path",
    })
    void aUrlThatIsNoneIsExplained(String url, String message) {
        assertThatThrownBy(() -> Address.of(url, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("got \"");
    }

    @Test
    void aSubprotocolIsATokenAndComesOnce() {
        assertThatThrownBy(() -> Address.of("ws://h", List.of("a b")))
                .hasMessageContaining("expected an HTTP token")
                .hasMessageContaining("got \"a b\"");
        assertThatThrownBy(() -> Address.of("ws://h", List.of("a", "a"))).hasMessageContaining("\"a\" twice");
        assertThat(Address.of("ws://h", List.of("a", "A")).protocols()).containsExactly("a", "A");
    }
}
