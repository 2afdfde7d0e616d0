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
        "ws://localhost:8080,/,8080,localhost:8080,ws://localhost:8080/",
        "https://example.org,/,443,example.org,wss://example.org/",
        "ws://[::1]:9/a|b?c,/a|b?c,9,[::1]:9,ws://[::1]:9/",
    })
    void aUrlBecomesWhatIsNeededToConnect(String url, String target, int port, String authority, String uri) {
        Address address = Address.of(url, List.of());
        assertThat(address.target()).isEqualTo(target);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.authority()).isEqualTo(authority);
        assertThat(address.uri()).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource({"ws://h, ''", "ws://u@h, u:", "ws://u:p@h, u:p", "ws://u:a+b%40:c@h, u:a+b@:c"})
    void userAndPasswordAreDecodedForTheServer(String url, String credentials) {
        assertThat(Address.of(url, List.of()).credentials()).isEqualTo(credentials);
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
