package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.OriginPolicy;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {
    private static TransportSettings settings(String host, int port, int workers) {
        return new TransportSettings(
                host,
                port,
                null,
                Limits.DEFAULT,
                Deadlines.DEFAULT,
                OriginPolicy.SAME_ORIGIN,
                TrustedProxies.NONE,
                workers);
    }

    @Test
    void whereToListenIsChecked() {
        assertThat(settings("127.0.0.1", 65535, 10_000).port()).isEqualTo(65535);
        assertThatThrownBy(() -> settings("127.0.0.1", 65536, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: expected 0 to 65535 (0 takes a free one), got 65536");
        assertThatThrownBy(() -> settings("127.0.0.1", -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: expected a port for plain connections or for TLS, got neither");
        assertThatThrownBy(() -> settings(" ", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: expected a name or an address such as 127.0.0.1, got nothing");
    }

    @Test
    void theNumberOfWorkersIsChecked() {
        for (int wrong : new int[] {-1, 10_001}) {
            assertThatThrownBy(() -> settings("127.0.0.1", 0, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("workers: expected 0 to 10000 threads, got " + wrong);
        }
    }
}
