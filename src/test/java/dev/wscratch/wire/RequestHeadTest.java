package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
    private static Refusal refused(ByteBuffer bytes, HeadLimits limits) {
        ParsedRequest result = RequestHead.parse(bytes, limits);
        assertThat(result).isInstanceOf(Refusal.class);
        return (Refusal) result;
    }

    @Test
    void aHeadKeepsItsLinesInTheirOrderWithRepeatedOnes() {
        RequestHead head = Heads.head("GET /a?b=c HTTP/1.1\nHost: x\nA:1\na: \t2 \t\nB:");

        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.target()).isEqualTo("/a?b=c");
        assertThat(head.version()).isEqualTo("HTTP/1.1");
        assertThat(head.host()).isEqualTo("x");
        assertThat(head.headers().values("A")).containsExactly("1", "2");
        assertThat(head.headers().first("b")).isEmpty();
        assertThat(head.headers().first("c")).isNull();
        assertThat(head.headers().all().get(1)).hasToString("A: 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /                          | /        | /      |
            /a?b                       | /a?b     | /a     | b
            /a?                        | /a?      | /a     | ''
            /%7C!$&'()*+,;=:@-._~      | /%7C!$&'()*+,;=:@-._~ | /%7C!$&'()*+,;=:@-._~ |
            http://x                   | /        | /      |
            HTTPS://X/a                | /a       | /a     |
            http://x?q=1               | /?q=1    | /      | q=1
            """)
    void theTargetGivesPathAndQuery(String target, String resource, String path, String query) {
        RequestHead head = Heads.head("GET " + target + " HTTP/1.1\nHost: x");

        assertThat(head.resource()).isEqualTo(resource);
        assertThat(head.path()).isEqualTo(path);
        assertThat(head.query()).isEqualTo(query);
    }

    @Test
    void anAsteriskGoesWithOptionsOnly() {
        assertThat(Heads.head("OPTIONS * HTTP/1.1\nHost: x").resource()).isEqualTo("*");
        assertThat(Heads.refusal("GET * HTTP/1.1\nHost: x").rule()).isEqualTo(HeadRule.TARGET_MALFORMED);
    }

    @Test
    void anOldRequestNeedsNoHost() {
        assertThat(Heads.head("GET / HTTP/1.0").host()).isNull();
        assertThat(Heads.head("GET / HTTP/1.1\nHost: x\nContent-Length: 00").host())
                .isEqualTo("x");
    }

    /** {@code ~} is a line end, {@code ^} a tab. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            GET /                                                | REQUEST_LINE_MALFORMED | 400
            GET                                                  | REQUEST_LINE_MALFORMED | 400
            GET  / HTTP/1.1~Host: x                              | REQUEST_LINE_MALFORMED | 400
            GET / a HTTP/1.1~Host: x                             | REQUEST_LINE_MALFORMED | 400
            GET  HTTP/1.1~Host: x                                | REQUEST_LINE_MALFORMED | 400
            G(T / HTTP/1.1~Host: x                               | REQUEST_LINE_MALFORMED | 400
            GET / http/1.1~Host: x                               | REQUEST_LINE_MALFORMED | 400
            GET / HTTP/1.10~Host: x                              | REQUEST_LINE_MALFORMED | 400
            GET / HTTP/2.0~Host: x                               | VERSION_NOT_SUPPORTED  | 505
            GET / HTTP/1.2~Host: x                               | VERSION_NOT_SUPPORTED  | 505
            """)
    void theRequestLineIsStrict(String lines, HeadRule rule, int status) {
        Refusal refusal = Heads.refusal(lines.replace("~", "\n"));

        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            GET /echo?a=| HTTP/1.1~Host: x;                      TARGET_MALFORMED
            GET /<b> HTTP/1.1~Host: x;                           TARGET_MALFORMED
            GET /a#b HTTP/1.1~Host: x;                           TARGET_MALFORMED
            GET /a%2 HTTP/1.1~Host: x;                           TARGET_MALFORMED
            GET /a%zz HTTP/1.1~Host: x;                          TARGET_MALFORMED
            GET /a\u00ff HTTP/1.1~Host: x;                       TARGET_MALFORMED
            GET a HTTP/1.1~Host: x;                              TARGET_MALFORMED
            GET x:80 HTTP/1.1~Host: x;                           TARGET_MALFORMED
            GET http://y/ HTTP/1.1~Host: x;                      HOST_CONTRADICTS_TARGET
            GET http://y/ HTTP/1.0;                              HOST_CONTRADICTS_TARGET
            GET / HTTP/1.1;                                      HOST_MISSING
            GET / HTTP/1.1~Host: x~host: x;                      HOST_REPEATED
            GET / HTTP/1.1~Host:;                                HOST_MALFORMED
            GET / HTTP/1.1~Host: http://x;                       HOST_MALFORMED
            GET / HTTP/1.1~Host: x:y;                            HOST_MALFORMED
            GET / HTTP/1.1~Host: x:65536;                        HOST_MALFORMED
            GET / HTTP/1.1~Host: x:000080;                       HOST_MALFORMED
            GET / HTTP/1.1~Host: x y;                            HOST_MALFORMED
            GET / HTTP/1.1~Host: [::1;                           HOST_MALFORMED
            GET / HTTP/1.1~Host: [];                             HOST_MALFORMED
            GET / HTTP/1.1~Host: [x];                            HOST_MALFORMED
            GET / HTTP/1.1~Host: [::1]x;                         HOST_MALFORMED
            GET / HTTP/1.1~Host: x~A : b;                        FIELD_NAME_MALFORMED
            GET / HTTP/1.1~Host: x~A;                            FIELD_NAME_MALFORMED
            GET / HTTP/1.1~Host: x~: b;                          FIELD_NAME_MALFORMED
            GET / HTTP/1.1~Host: x~A: b~ c;                      OBSOLETE_FOLDING
            GET / HTTP/1.1~Host: x~A: b~^c;                      OBSOLETE_FOLDING
            GET / HTTP/1.1~ Host: x;                             OBSOLETE_FOLDING
            GET / HTTP/1.1~Host: x~Content-Length: 0~Transfer-Encoding: chunked; LENGTH_AMBIGUOUS
            GET / HTTP/1.1~Host: x~Content-Length: 0~Content-Length: 0;          LENGTH_AMBIGUOUS
            GET / HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2;          LENGTH_AMBIGUOUS
            GET / HTTP/1.1~Host: x~Content-Length: 1, 1;         LENGTH_MALFORMED
            GET / HTTP/1.1~Host: x~Content-Length: +1;           LENGTH_MALFORMED
            GET / HTTP/1.1~Host: x~Content-Length: 1a;           LENGTH_MALFORMED
            GET / HTTP/1.1~Host: x~Content-Length:;              LENGTH_MALFORMED
            GET / HTTP/1.1~Host: x~Content-Length: 1;            BODY_NOT_TAKEN
            HEAD / HTTP/1.1~Host: x~Transfer-Encoding: chunked;  BODY_NOT_TAKEN
            """)
    void whatCouldBeReadInTwoWaysIsRefusedWith400(String lines, HeadRule rule) {
        Refusal refusal = Heads.refusal(lines.replace('~', '\n').replace('^', '\t'));

        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.text()).contains("Expected ", refusal.actual(), rule.section(), "Try this: ");
    }

    @ParameterizedTest
    @CsvSource({"Host: x:80", "Host: x:", "Host: 127.0.0.1:1", "Host: [::1]:8080", "Host: [::ffff:1.2.3.4]", "Host: a_b"
    })
    void theseHostsAreFine(String host) {
        assertThat(Heads.parse("GET / HTTP/1.1\n" + host)).isInstanceOf(RequestHead.class);
    }

    @Test
    void aBodyOnAnotherMethodIsAnsweredWith405() {
        Refusal refusal = Heads.refusal("POST / HTTP/1.1\nHost: x\nContent-Length: 5");

        assertThat(refusal.status()).isEqualTo(405);
        assertThat(refusal.headers()).containsExactly(new HeaderField("Allow", "GET"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET / HTTP/1.1\\r\\nHost: x\\n\\r\\n\\r\\n        | LINE_END_NOT_CRLF
            GET / HTTP/1.1\\nHost: x\\r\\n\\r\\n              | LINE_END_NOT_CRLF
            GET / HTTP/1.1\\r\\nA: b\\rc\\r\\n\\r\\n          | LINE_END_NOT_CRLF
            GET / HTTP/1.1\\r\\nA: b\\0\\r\\n\\r\\n           | CONTROL_CHARACTER
            GET / HTTP/1.1\\r\\nA: b\\1\\r\\n\\r\\n           | CONTROL_CHARACTER
            GET / HTTP/1.1\\r\\nA: b\\177\\r\\n\\r\\n         | CONTROL_CHARACTER
            GET / HTTP/1.1\\r\\n\\r\\nA: b\\r\\n\\r\\n        | HEAD_INCOMPLETE
            GET / HTTP/1.1\\r\\nA: b\\r\\n                    | HEAD_INCOMPLETE
            \\r\\n\\r\\n                                      | HEAD_INCOMPLETE
            \\n\\r\\n                                         | HEAD_INCOMPLETE
            """)
    void lineEndsAndControlCharactersAreStrict(String text, HeadRule rule) {
        assertThat(refused(Heads.raw(text.translateEscapes()), HeadLimits.DEFAULT)
                        .rule())
                .isEqualTo(rule);
    }

    @Test
    void bytesAboveAsciiPassInAValue() {
        assertThat(Heads.head("GET / HTTP/1.1\nHost: x\nA: \u00e9").headers().first("A"))
                .isEqualTo("\u00e9");
    }

    @Test
    void theBoundsHold() {
        HeadLimits limits = new HeadLimits(64, 2);

        assertThat(refused(Heads.bytes("GET /" + "a".repeat(60) + " HTTP/1.1\nHost: x"), limits)
                        .status())
                .isEqualTo(431);
        assertThat(refused(Heads.bytes("GET / HTTP/1.1\nHost: x\nA: b\nC: d"), limits)
                        .actual())
                .isEqualTo("3 header lines");
        assertThat(RequestHead.parse(Heads.bytes("GET / HTTP/1.1\nHost: x\nA: b"), limits))
                .isInstanceOf(RequestHead.class);
        assertThatThrownBy(() -> new HeadLimits(63, 1)).hasMessageContaining("64");
        assertThatThrownBy(() -> new HeadLimits(64, 0)).hasMessageContaining("maxFields");
    }

    @Test
    void aPeersTextIsEscapedAndCutInWords() {
        assertThat(HttpSyntax.quote("a\u001b[31m\u00ff\u20ac")).isEqualTo("\"a\\x1b[31m\\xff\\u20ac\"");
        assertThat(HttpSyntax.quote("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "…\" (61 characters)");
    }
}
