package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.HttpResponse.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
    private static String serialised(HttpResponse response, boolean withBody, boolean close) {
        String text = UTF_8.decode(response.serialise(withBody, close)).toString();
        return text.replaceFirst(
                "\r\nDate: \\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n", "\r\nDate: *\r\n");
    }

    private static HttpResponse of(int status, String body) {
        return new HttpResponse(status, List.of(new Header("ETag", "\"1\"")), UTF_8.encode(body));
    }

    @Test
    void anAnswerIsAHeadAndABody() {
        assertThat(serialised(of(200, "Grüße"), true, false))
                .isEqualTo("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nDate: *\r\nContent-Length: 7\r\n\r\nGrüße");
    }

    @Test
    void theLastAnswerSaysSo() {
        assertThat(serialised(of(404, ""), true, true))
                .startsWith("HTTP/1.1 404 Not Found")
                .endsWith("Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @Test
    void theAnswerToHeadHasTheHeadersOfGetAndNoBody() {
        assertThat(serialised(of(200, "abc"), false, false))
                .isEqualTo("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nDate: *\r\nContent-Length: 3\r\n\r\n");
    }

    /** The 204 was found by review: it came with a length and a body. */
    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerThatCannotHaveABodyHasNone(int status) {
        assertThat(serialised(of(status, "abc"), true, false))
                .isEqualTo("HTTP/1.1 " + status + " " + HttpResponse.reasonPhrase(status)
                        + "\r\nETag: \"1\"\r\nDate: *\r\n\r\n");
    }

    @Test
    void anAnswerCanBeSentMoreThanOnce() {
        HttpResponse response = HttpResponse.text(200, "abc");
        assertThat(serialised(response, true, false))
                .isEqualTo(serialised(response, true, false))
                .endsWith("abc\n");
    }

    @Test
    void aTextIsPlainAndNotSniffed() {
        assertThat(HttpResponse.text(403, "no").headers())
                .containsExactly(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void oneMoreHeaderMakesACopy() {
        HttpResponse first = of(200, "");
        HttpResponse second = first.with("Allow", "GET");
        assertThat(first.headers()).hasSize(1);
        assertThat(second.headers()).containsExactly(new Header("ETag", "\"1\""), new Header("Allow", "GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\nb", "a\rb", "\0", "a\u007Fb", "\u20AC", "\u010A"})
    void aValueThatWouldSplitTheResponseIsRefusedAndNotRepeated(String value) {
        assertThatThrownBy(() -> of(200, "").with("Location", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header Location: expected a value of one line in ISO 8859-1, got another character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\n", "ä", "a\0", "(a)"})
    void aNameIsAToken(String name) {
        assertThatThrownBy(() -> new Header(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("header name: expected a token, got");
    }

    @Test
    void everyCharacterOfATokenAndATabInAValueAreTaken() {
        assertThat(new Header("aZ09!#$%&'*+-.^_`|~", "a\tb \u00FC")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 100, 101, 199, 600, -200})
    void theStatusIsAFinalOne(int status) {
        assertThatThrownBy(() -> new HttpResponse(status, List.of(), ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: expected 200 to 599, got " + status);
    }

    @Test
    void everyStatusHasAPhrase() {
        for (int status = 200; status <= 599; status++) {
            assertThat(HttpResponse.reasonPhrase(status)).isNotBlank();
        }
        assertThat(HttpResponse.reasonPhrase(418)).isEqualTo("Status");
    }
}
