package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static String hidden(String head) {
        ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(ISO_8859_1)).asReadOnlyBuffer();
        String result = ISO_8859_1.decode(Credentials.hidden(bytes)).toString();
        assertThat(bytes.remaining()).as("the head is left as it is").isEqualTo(head.length());
        return result;
    }

    @Test
    void valuesThatTellWhoAUserIsAreHiddenAtTheirLength() {
        assertThat(hidden(lines(
                        "GET /echo?cookie:a HTTP/1.1",
                        "COOKIE: id=1; b=\u00e9",
                        "authorization:Basic eA==",
                        "Proxy-Authorization: x",
                        "X-Cookie: y")))
                .isEqualTo(lines(
                        "GET /echo?cookie:a HTTP/1.1",
                        "COOKIE: *********",
                        "authorization:**********",
                        "Proxy-Authorization: *",
                        "X-Cookie: y"));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void aValueThatGoesOnInTheNextLineIsHiddenThereToo() {
        assertThat(hidden("GET / HTTP/1.1\nCookie: a\n b=2\nHost: c\n d\n\n"))
                .isEqualTo("GET / HTTP/1.1\nCookie: *\n ***\nHost: c\n d\n\n");
    }

    @Test
    void aHeadThatIsCutOffIsHiddenAsFarAsItGoes() {
        assertThat(hidden("GET / HTTP/1.1\r\nCookie: secret")).isEqualTo("GET / HTTP/1.1\r\nCookie: ******");
        assertThat(hidden("Cookie")).isEqualTo("Cookie");
        assertThat(hidden("")).isEmpty();
    }
}
