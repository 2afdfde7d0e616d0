package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.ClientHandshake.Established;
import dev.wscratch.wire.ClientHandshake.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** RFC 6455 section 1.2 and 1.3. */
    private static final String ANSWER =
            """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: chat
            """;

    private static ClientHandshake client(boolean subprotocolRequired) {
        return new ClientHandshake(
                "server.example.com",
                "/chat",
                KEY,
                List.of("chat", "superchat"),
                List.of(new Extension("x-one", List.of())),
                List.of(new HeaderField("Origin", "http://example.com")),
                subprotocolRequired);
    }

    private static ClientHandshake.Verdict judge(ClientHandshake client, String lines) {
        ParsedResponse parsed = ResponseHead.parse(Heads.bytes(lines), HeadLimits.DEFAULT);
        return parsed instanceof ResponseHead head ? client.judge(head) : (Failure) parsed;
    }

    private static Failure failure(ClientHandshake client, String lines) {
        ClientHandshake.Verdict verdict = judge(client, lines);
        assertThat(verdict).isInstanceOf(Failure.class);
        return (Failure) verdict;
    }

    @Test
    void theRequestIsOneThatOurOwnServerAccepts() {
        ParsedRequest parsed = RequestHead.parse(client(false).request(), HeadLimits.DEFAULT);

        assertThat(parsed).isInstanceOf(RequestHead.class);
        RequestHead head = (RequestHead) parsed;
        assertThat(Handshake.judge(head))
                .isEqualTo(new Handshake.Accepted(
                        head, KEY, List.of("chat", "superchat"), List.of(new Extension("x-one", List.of()))));
        assertThat(head.headers().first("origin")).isEqualTo("http://example.com");
    }

    @Test
    void whatIsNotOfferedIsNotMentioned() {
        ClientHandshake plain = new ClientHandshake("x", "/", KEY, List.of(), List.of(), List.of(), false);

        RequestHead head = (RequestHead) RequestHead.parse(plain.request(), HeadLimits.DEFAULT);

        assertThat(head.headers().all()).hasSize(5);
    }

    @Test
    void theAnswerOfTheRfcOpensTheConnection() {
        assertThat(judge(client(true), ANSWER)).isEqualTo(new Established("chat", List.of()));
        assertThat(judge(
                        client(false),
                        ANSWER.replace("Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: x-one")))
                .isEqualTo(new Established(null, List.of(new Extension("x-one", List.of()))));
    }

    /** The RFC's answer with one piece replaced. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            101 Switching Protocols | 403 Forbidden              | STATUS_NOT_101
            101 Switching Protocols | 200                        | STATUS_NOT_101
            Upgrade: websocket      | X: y                       | UPGRADE_NOT_WEBSOCKET
            Upgrade: websocket      | Upgrade: h2c               | UPGRADE_NOT_WEBSOCKET
            Connection: Upgrade     | X: y                       | CONNECTION_NOT_UPGRADE
            Connection: Upgrade     | Connection: close          | CONNECTION_NOT_UPGRADE
            Sec-WebSocket-Accept:   | X:                         | ACCEPT_MISSING
            xOo=                    | xOo=~Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | ACCEPT_MISSING
            xOo=                    | xOp=                       | ACCEPT_WRONG
            s3pP                    | S3PP                       | ACCEPT_WRONG
            Protocol: chat          | Protocol: Chat             | SUBPROTOCOL_NOT_OFFERED
            Protocol: chat          | Protocol: chat, superchat  | SUBPROTOCOL_NOT_OFFERED
            Protocol: chat          | Other: chat                | SUBPROTOCOL_MISSING
            Protocol: chat          | Protocol: chat~Sec-WebSocket-Extensions: x-two    | EXTENSION_NOT_OFFERED
            Protocol: chat          | Protocol: chat~Sec-WebSocket-Extensions: ;        | EXTENSIONS_MALFORMED
            """)
    void oneThingWrongFailsWithItsRule(String right, String wrong, ResponseRule rule) {
        assertThat(ANSWER).contains(right);

        Failure failure = failure(client(true), ANSWER.replace(right, wrong.replace('~', '\n')));

        assertThat(failure.rule()).isEqualTo(rule);
        assertThat(failure.status()).isPositive();
        assertThat(failure.expected()).isNotEmpty();
        assertThat(failure.actual()).isNotEmpty();
    }

    @Test
    void whoOffersNothingAcceptsNothing() {
        ClientHandshake plain = new ClientHandshake("x", "/", KEY, List.of(), List.of(), List.of(), false);

        assertThat(failure(plain, ANSWER).expected()).isEqualTo("none");
        assertThat(failure(plain, ANSWER.replace("Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: a"))
                        .expected())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1",
                "HTTP/1.1 1x1 a",
                "HTTP/2.0 101 a",
                "HTTP/1.1 1010",
                "HTTP/1.1 099 x",
                "SSH-2.0-x y z",
                "HTTP/1.1 10",
                "HTTP/1.1 10: x",
                "HTTP/1.1 1/1 x"
            })
    void whatIsNoStatusLineIsNoAnswer(String line) {
        assertThat(failure(client(false), line).rule()).isEqualTo(HeadRule.STATUS_LINE_MALFORMED);
    }

    @Test
    void aBrokenHeadIsNoAnswer() {
        assertThat(failure(client(false), "HTTP/1.1 101 x\nA : b").rule()).isEqualTo(HeadRule.FIELD_NAME_MALFORMED);
    }

    @Test
    void aReasonMayBeEmptyOrAbsent() {
        assertThat(ResponseHead.parse(Heads.bytes("HTTP/1.0 404"), HeadLimits.DEFAULT))
                .isEqualTo(new ResponseHead(404, "", "HTTP/1.0", HeaderFields.NONE));
        assertThat(ResponseHead.parse(Heads.bytes("HTTP/1.1 404 Not Here"), HeadLimits.DEFAULT))
                .isEqualTo(new ResponseHead(404, "Not Here", "HTTP/1.1", HeaderFields.NONE));
    }

    @Test
    void aKeyIsMadeFromSixteenBytes() {
        assertThat(ClientHandshake.newKey("the sample nonce".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(KEY);
        assertThatThrownBy(() -> ClientHandshake.newKey(new byte[15])).hasMessageContaining("16 bytes");
    }

    /** Host, resource, key, subprotocol, extension, header name, header value: one of them wrong. */
    @Test
    void theTargetMayHoldWhatTheUrlStandardLeavesAsItIs() {
        String target = "/100%?ids[]=1&q=a|b&x={1}^`\\<\"";
        ClientHandshake client = new ClientHandshake("x", target, KEY, List.of(), List.of(), List.of(), false);
        assertThat(StandardCharsets.ISO_8859_1.decode(client.request()).toString())
                .startsWith("GET " + target + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            x y | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v
            €   | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v
            x   | /€ | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | €   | e   | N   | v
            x   | a  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v
            x   | /# | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v
            x   | /a b | dGhlIHNhbXBsZSBub25jZQ== | a | e   | N   | v
            x   | /  | short                    | a   | e   | N   | v
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | a b | e   | N   | v
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e f | N   | v
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N:  | v
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | v~X: injected
            x   | /  | dGhlIHNhbXBsZSBub25jZQ== | a   | e   | N   | €
            """)
    void whatCouldNotBeSentOrWouldInjectALineIsRefused(
            String host, String resource, String key, String subprotocol, String extension, String name, String value) {
        assertThatThrownBy(() -> new ClientHandshake(
                        host,
                        resource,
                        key,
                        List.of(subprotocol),
                        List.of(new Extension(extension, List.of())),
                        List.of(new HeaderField(name, value.replace('~', '\n'))),
                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected ");
    }
}
