package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeExplainerTest {
    private static List<ExplainedBytes> explain(ByteBuffer head) {
        List<ExplainedBytes> explained = HandshakeExplainer.explain(head);
        int at = 0;
        for (ExplainedBytes piece : explained) {
            assertThat(piece.offset()).isEqualTo(at);
            assertThat(piece.length()).isPositive();
            assertThat(piece.sentence()).endsWith(".");
            assertThat(piece.section()).startsWith("RFC ");
            at += piece.length();
        }
        assertThat(at).isEqualTo(head.remaining());
        return explained;
    }

    private static List<String> labels(ByteBuffer head) {
        return explain(head).stream()
                .map(ExplainedBytes::label)
                .filter(label -> !label.equals("line end"))
                .toList();
    }

    @Test
    void everyByteOfTheRfcsRequestIsExplained() {
        assertThat(labels(Heads.bytes(Heads.OF_THE_RFC)))
                .containsExactly(
                        "GET",
                        "target",
                        "version",
                        "Host",
                        "Upgrade",
                        "Connection",
                        "Sec-WebSocket-Key",
                        "Origin",
                        "Sec-WebSocket-Protocol",
                        "Sec-WebSocket-Version",
                        "empty line");
    }

    @Test
    void everyByteOfAnAnswerIsExplained() {
        assertThat(labels(Heads.bytes("HTTP/1.1 101 Switching Protocols\nSec-WebSocket-Accept: x\nDate: y")))
                .containsExactly("HTTP/1.1", "101", "reason", "Sec-WebSocket-Accept", "Date", "empty line");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 101 Switching Protocols, true",
        "HTTP/1.1 404 Not Found, false",
        "GET / HTTP/1.1, false",
        "'HTTP/1.1 404 Not Found\n101: x', false"
    })
    void onlyBehindA101AnotherProtocolBegins(String head, boolean begins) {
        List<ExplainedBytes> explained = explain(Heads.bytes(head));
        assertThat(explained.get(explained.size() - 1).sentence().contains("another protocol begins"))
                .isEqualTo(begins);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET / HTTP/1.1       | GET, target, version
            GET /                | GET, target
            POST / HTTP/1.1      | POST, target, version
            HTTP/1.1 404         | HTTP/1.1, 404
            nonsense             | first line
            non\\na b c          | first line, no header
            a\\n\\r\\n           | first line, empty line
            a b\\nc d e          | a, target, no header
            a b\\nX Y: z         | a, target, header
            a b\\nc\\nd: e       | a, target, no header, d
            """)
    void whatIsIncompleteOrWrongIsExplainedToo(String text, String labels) {
        assertThat(String.join(", ", labels(Heads.raw(text.translateEscapes()))))
                .isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource({
        "Host",
        "Upgrade",
        "Connection",
        "Origin",
        "Cookie",
        "Set-Cookie",
        "Authorization",
        "User-Agent",
        "Accept-Encoding",
        "Accept-Language",
        "Cache-Control",
        "Pragma",
        "Location",
        "Retry-After",
        "Date",
        "Content-Length",
        "Content-Type",
        "Sec-WebSocket-Key",
        "SEC-WEBSOCKET-ACCEPT",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Other"
    })
    void aKnownHeaderHasASentenceOfItsOwn(String name) {
        assertThat(HeaderWords.of(name).sentence())
                .endsWith(".")
                .isNotEqualTo(HeaderWords.of("x-unknown").sentence());
    }

    @Test
    void anyBytesAtAllAreExplainedWithoutAGap() {
        Random random = new Random(4);
        byte[] likely = "GET / :\r\n\r\nHTTP/1.1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = likely[random.nextInt(likely.length)];
            }
            assertThat(explain(ByteBuffer.wrap(bytes)).size()).isLessThanOrEqualTo(bytes.length);
        }
    }
}
