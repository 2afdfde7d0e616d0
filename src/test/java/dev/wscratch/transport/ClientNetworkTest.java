package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.1"));

    @ParameterizedTest
    @CsvSource({"198.51.100.7, 198.51.100.7", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::", "fe80:0:0:0:1:2:3:4%eth99, fe80::"
    })
    void anIpv6ClientIsTheFirst64BitsOfItsAddress(String address, String network) throws Exception {
        assertThat(ClientNetwork.of(address, PROXIES)).isEqualTo(InetAddress.getByName(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "0:0:0:0:0:0:0:1", "10.0.0.1"})
    void thisMachineAndAProxyThatDoesNotSayWhomItBringsAreNotCounted(String address) {
        assertThat(ClientNetwork.of(address, PROXIES)).isNull();
    }

    @Test
    void aSessionOfAnotherServerIsRefused() {
        Session another = (Session) Proxy.newProxyInstance(
                ClientNetworkTest.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, given) -> null);
        assertThatThrownBy(() -> ClientNetwork.of(another, PROXIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a session of this transport");
    }
}
