package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.Handshake.Accepted;
import dev.wscratch.wire.Handshake.NotUpgrade;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static Accepted accepted(String lines) {
        assertThat(Handshake.judge(Heads.head(lines))).isInstanceOf(Accepted.class);
        return (Accepted) Handshake.judge(Heads.head(lines));
    }

    /** RFC 6455 section 1.3. */
    @Test
    void theExampleOfTheRfcIsAcceptedWithItsAnswer() {
        Accepted accepted = accepted(Heads.OF_THE_RFC);

        assertThat(accepted.accept()).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(accepted.subprotocols()).containsExactly("chat", "superchat");
        assertThat(accepted.extensions()).isEmpty();
        assertThat(accepted.head().path()).isEqualTo("/chat");
    }

    @Test
    void wordsHaveNoCaseAndListsMayHaveOthers() {
        String lines = Heads.OF_THE_RFC
                .replace("Upgrade: websocket", "UPGRADE: h2c, WebSocket")
                .replace("Connection: Upgrade", "connection: keep-alive,upgrade ,x");

        assertThat(accepted(lines).key()).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void aListMayBeSpreadOverLines() {
        String lines = Heads.OF_THE_RFC.replace(
                "chat, superchat", "chat\nConnection: keep-alive\nSec-WebSocket-Protocol: superchat,,chat");

        assertThat(accepted(lines).subprotocols()).containsExactly("chat", "superchat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: x",
                "GET / HTTP/1.1\nHost: x\nUpgrade: h2c\nConnection: Upgrade",
                "GET / HTTP/1.1\nHost: x\nUpgrade: websocketx, xwebsocket",
                "HEAD / HTTP/1.0"
            })
    void whatNeverMeantToUpgradeIsPlainHttp(String lines) {
        assertThat(Handshake.judge(Heads.head(lines))).isInstanceOf(NotUpgrade.class);
    }

    /** The RFC's example with one piece replaced; {@code ~} is a line end, an empty replacement takes the line out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET                      | POST                 | METHOD_NOT_GET             | 405
            GET                      | get                  | METHOD_NOT_GET             | 405
            HTTP/1.1                 | HTTP/1.0             | HTTP_VERSION_TOO_OLD       | 400
            Upgrade: websocket       | X: y                 | UPGRADE_MISSING            | 426
            Upgrade: websocket       | Upgrade: h2c         | UPGRADE_MISSING            | 426
            Connection: Upgrade      | X: y                 | CONNECTION_WITHOUT_UPGRADE | 400
            Connection: Upgrade      | Connection: close    | CONNECTION_WITHOUT_UPGRADE | 400
            Version: 13              | Version: 8           | VERSION_NOT_13             | 426
            Version: 13              | Version: 013         | VERSION_NOT_13             | 426
            Sec-WebSocket-Version: 13 | X: y                | VERSION_NOT_13             | 426
            Version: 13              | Version: 13~Sec-WebSocket-Version: 13 | VERSION_REPEATED | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X: y | KEY_MISSING             | 400
            Sec-WebSocket-Key:       | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~Sec-WebSocket-Key: | KEY_REPEATED | 400
            dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZQ==     | KEY_MALFORMED              | 400
            dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZQ=x | KEY_MALFORMED          | 400
            dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25j!Q== | KEY_MALFORMED          | 400
            dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZ=== | KEY_MALFORMED          | 400
            dGhlIHNhbXBsZSBub25jZQ== | ''                   | KEY_MALFORMED              | 400
            chat, superchat          | a b                  | SUBPROTOCOLS_MALFORMED     | 400
            chat, superchat          | ''                   | SUBPROTOCOLS_MALFORMED     | 400
            chat, superchat          | ,,                   | SUBPROTOCOLS_MALFORMED     | 400
            Sec-WebSocket-Protocol:  | Sec-WebSocket-Extensions: ;~X: | EXTENSIONS_MALFORMED | 400
            """)
    void oneThingWrongIsRefusedWithItsRule(String right, String wrong, HandshakeRule rule, int status) {
        assertThat(Heads.OF_THE_RFC).contains(right);

        Refusal refusal = Heads.refusal(Heads.OF_THE_RFC.replace(right, wrong.replace('~', '\n')));

        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.text()).contains(refusal.expected(), refusal.actual(), rule.section());
    }

    @Test
    void aRefusalCarriesTheHeadersThatItsStatusAsksFor() {
        assertThat(Heads.refusal(Heads.OF_THE_RFC.replace("13", "8")).headers())
                .containsExactly(new HeaderField("Sec-WebSocket-Version", "13"));
        assertThat(Heads.refusal(Heads.OF_THE_RFC.replace("GET", "PUT")).headers())
                .containsExactly(new HeaderField("Allow", "GET"));
        assertThat(Heads.refusal(Heads.OF_THE_RFC.replace("Upgrade: websocket", "X: y"))
                        .headers())
                .containsExactly(new HeaderField("Upgrade", "websocket"), new HeaderField("Connection", "Upgrade"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AZaz09+/AZaz09+/AZaz0Q==", "dGhlIHNhbXBsZSBub25jZQ=="})
    void aKeyIsBase64OfSixteenBytes(String key) {
        assertThat(Accept.isKey(key)).isTrue();
        for (char c : "@[`{:-. _\u00e9".toCharArray()) {
            assertThat(Accept.isKey(key.replace(key.charAt(3), c)))
                    .as("with %s", c)
                    .isFalse();
        }
    }

    @Test
    void theAnswerIsOneThatOurOwnClientAccepts() {
        Accepted accepted = accepted(Heads.OF_THE_RFC + "Sec-WebSocket-Extensions: x-one");
        ClientHandshake client = new ClientHandshake(
                "x", "/", accepted.key(), accepted.subprotocols(), accepted.extensions(), List.of(), true);

        ParsedResponse chosen =
                ResponseHead.parse(accepted.response("superchat", accepted.extensions()), HeadLimits.DEFAULT);
        ParsedResponse bare = ResponseHead.parse(accepted.response(null, List.of()), HeadLimits.DEFAULT);

        assertThat(client.judge((ResponseHead) chosen))
                .isEqualTo(new ClientHandshake.Established("superchat", accepted.extensions()));
        assertThat(((ResponseHead) bare).headers().all()).hasSize(3);
        assertThatThrownBy(() -> accepted.response("other", List.of())).hasMessageContaining("\"other\"");
    }

    @Test
    void moreSubprotocolsThanTheBoundAreRefused() {
        StringBuilder many = new StringBuilder("p0");
        for (int i = 1; i < Subprotocols.MAX_SUBPROTOCOLS; i++) {
            many.append(", p").append(i);
        }

        assertThat(Subprotocols.parse(List.of(many.toString()))).isPresent();
        assertThat(Subprotocols.parse(List.of(many + ", q"))).isEmpty();
    }

    @Test
    void theClientsOrderDecidesWhichSubprotocolIsChosen() {
        assertThat(Subprotocols.select(List.of("b", "a"), List.of("a", "b"))).contains("b");
        assertThat(Subprotocols.select(List.of("c"), List.of("a", "b"))).isEmpty();
        assertThat(Subprotocols.select(List.of(), List.of("a"))).isEmpty();
    }
}
