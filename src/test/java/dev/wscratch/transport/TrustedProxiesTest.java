package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.peer.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

    private static String client(String remote, String... headers) {
        return PROXIES.client(Requests.get("/", headers), FakeTcp.address(remote), false)
                .address()
                .getHostAddress();
    }

    private static boolean secure(String remote, boolean tls, String... headers) {
        return PROXIES.client(Requests.get("/", headers), FakeTcp.address(remote), tls)
                .secure();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.0.0.0,        true",
        "10.0.0.0/8,      10.255.255.255,  true",
        "10.0.0.0/8,      11.0.0.0,        false",
        "10.0.0.0/8,      9.255.255.255,   false",
        "10.128.0.0/9,    10.127.255.255,  false",
        "10.128.0.0/9,    10.128.0.0,      true",
        "10.1.2.3/8,      10.9.9.9,        true",
        "192.0.2.7,       192.0.2.7,       true",
        "192.0.2.7,       192.0.2.6,       false",
        "192.0.2.7/32,    192.0.2.7,       true",
        "192.0.2.4/31,    192.0.2.5,       true",
        "192.0.2.4/31,    192.0.2.6,       false",
        "0.0.0.0/0,       203.0.113.9,     true",
        "0.0.0.0/0,       2001:db8::1,     false",
        "::/0,            2001:db8::1,     true",
        "::/0,            203.0.113.9,     false",
        "fd00::/8,        fdff::1,         true",
        "fd00::/8,        fe00::1,         false",
        "2001:db8::/33,   2001:db8:7fff::, true",
        "2001:db8::/33,   2001:db8:8000::, false",
        "::1,             ::1,             true",
        "::1/128,         ::2,             false",
        "::ffff:10.0.0.1, 10.0.0.1,        true",
    })
    void anEntryIsAnAddressOrANetwork(String entry, String address, boolean contained) {
        assertThat(new TrustedProxies(List.of(entry)).contains(FakeTcp.address(address)))
                .isEqualTo(contained);
    }

    /** Those like 10.1/16 were found by review: read as 10.0.0.1, they would have trusted another network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/x", "fd00::/129",
                "proxy.example", "localhost", "10/8", "10.1/16", "10.1.2/24", "1.2.3.4.5", "256.0.0.1", "010.0.0.1",
                "10.0.0.1 ", "*", "10.0.0.0/0008", "fd00", "1::2::3", ".:1", "::ffff:10.0.0.0/104"
            })
    void anythingElseIsRefusedAndNothingIsLookedUpByName(String entry) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.0/8")
                .hasMessageContaining("\"" + entry + "\"");
    }

    @Test
    void aStrangersHeadersAreNotBelieved() {
        assertThat(client("203.0.113.9", "X-Forwarded-For: 198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(secure("203.0.113.9", false, "X-Forwarded-Proto: https")).isFalse();
        assertThat(secure("203.0.113.9", true, "X-Forwarded-Proto: http")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                          | 203.0.113.9",
                "2001:db8::9                          | 2001:db8:0:0:0:0:0:9",
                "'  203.0.113.9  '                    | 203.0.113.9",
                // The peer wrote the first itself; only the last was written by the proxy.
                "127.0.0.1, 203.0.113.9               | 203.0.113.9",
                "198.51.100.1, 203.0.113.9, 10.1.1.1  | 203.0.113.9",
                "203.0.113.9, 192.0.2.7, 10.1.1.1     | 203.0.113.9",
                // All are proxies: the first of them is as far as we can see.
                "10.2.2.2, 10.1.1.1                   | 10.2.2.2",
                "203.0.113.9, , 10.1.1.1,             | 203.0.113.9",
                // Past what cannot be read nothing can be believed.
                "203.0.113.9, unknown, 10.1.1.1       | 10.1.1.1",
                "unknown                              | 10.0.0.1",
                "999.1.1.1                            | 10.0.0.1",
                "1                                    | 10.0.0.1",
                "203.0.113.9:4711                     | 10.0.0.1",
                "''                                   | 10.0.0.1",
                ",,,                                  | 10.0.0.1",
            })
    void theLastAddressThatIsNotAProxyIsTheClients(String forwarded, String expected) {
        assertThat(client("10.0.0.1", "X-Forwarded-For: " + forwarded)).isEqualTo(expected);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(client("10.0.0.1", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.9, 10.1.1.1"))
                .isEqualTo("203.0.113.9");
        assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    /** Found by review: after 64 elements the rest was one unreadable element, and the client counted as the proxy. */
    @Test
    void aLongListCannotHideTheAddressThatTheProxyWrote() {
        assertThat(client("10.0.0.1", "X-Forwarded-For: " + "x,".repeat(1000) + " 203.0.113.9"))
                .isEqualTo("203.0.113.9");
        assertThat(client("10.0.0.1", "X-Forwarded-For: " + ",".repeat(1000), "X-Forwarded-For: 203.0.113.9"))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"https, true", "HTTPS, true", "http, false", "ftp, false", "'https,http', false"})
    void aProxySaysWhetherItsClientSpeaksTls(String proto, boolean expected) {
        assertThat(secure("10.0.0.1", false, "X-Forwarded-Proto: " + proto)).isEqualTo(expected);
        assertThat(secure("10.0.0.1", true, "X-Forwarded-Proto: " + proto)).isEqualTo(expected);
    }

    @Test
    void aProxyThatDoesNotSayIsTakenAsItComes() {
        assertThat(secure("10.0.0.1", true)).isTrue();
        assertThat(secure("10.0.0.1", false)).isFalse();
    }
}
