package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    /** However the head is cut. */
    private static String hidden(boolean request, String head) {
        String whole = hidden(request ? Credentials.ofRequest() : Credentials.ofAnswer(), head);
        for (int cut = 0; cut <= head.length(); cut++) {
            Credentials credentials = request ? Credentials.ofRequest() : Credentials.ofAnswer();
            assertThat(hidden(credentials, head.substring(0, cut)) + hidden(credentials, head.substring(cut)))
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static String hidden(Credentials credentials, String head) {
        ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(ISO_8859_1)).asReadOnlyBuffer();
        String result = ISO_8859_1.decode(credentials.hidden(bytes)).toString();
        assertThat(bytes.remaining()).as("the head is left as it is").isEqualTo(head.length());
        return result;
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void whatABrowsersHandshakeDoesNotHaveIsHiddenAtItsLength() {
        assertThat(hidden(
                        true,
                        lines(
                                "GET /echo?cookie:a HTTP/1.1",
                                "COOKIE: id=1; b=\u00e9",
                                "authorization:Basic eA==",
                                "Proxy-Authorization: x",
                                "X-Forwarded-Access-Token: ya29",
                                "Cf-Access-Jwt-Assertion: a.b",
                                "X-Amzn-Oidc-Data:\tz ",
                                "X-".repeat(100) + ": y")))
                .isEqualTo(lines(
                        "GET /echo?cookie:a HTTP/1.1",
                        "COOKIE: *********",
                        "authorization:**********",
                        "Proxy-Authorization: *",
                        "X-Forwarded-Access-Token: ****",
                        "Cf-Access-Jwt-Assertion: ***",
                        "X-Amzn-Oidc-Data:\t**",
                        "X-".repeat(100) + ": *"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost:8080",
                "CONNECTION: keep-alive, Upgrade",
                "upgrade: websocket",
                "Origin: http://localhost:8080",
                "Pragma: no-cache",
                "Cache-Control: no-cache",
                "User-Agent: Mozilla/5.0",
                "Accept-Encoding: gzip",
                "Accept-Language: en",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: bearer, token",
                "Sec-Fetch-Mode: websocket",
                "Sec-CH-UA-Mobile: ?0",
                "DNT: 1",
                "Sec-GPC: 1"
            })
    void whatABrowsersHandshakeHasIsShown(String field) {
        String head = lines("GET / HTTP/1.1", field);
        assertThat(hidden(true, head)).isEqualTo(head);
    }

    @Test
    void whatAnAnswerGivesOrAsksForIsHidden() {
        assertThat(hidden(
                        false,
                        lines(
                                "HTTP/1.1 401 Unauthorized",
                                "Set-Cookie: sid=1; HttpOnly",
                                "set-cookie2 : a",
                                "WWW-Authenticate: Basic",
                                "Authentication-Info: b",
                                "Proxy-Authenticate: c",
                                "Proxy-Authentication-Info: d",
                                "Server: wscratch")))
                .isEqualTo(lines(
                        "HTTP/1.1 401 Unauthorized",
                        "Set-Cookie: ***************",
                        "set-cookie2 : *",
                        "WWW-Authenticate: *****",
                        "Authentication-Info: *",
                        "Proxy-Authenticate: *",
                        "Proxy-Authentication-Info: *",
                        "Server: wscratch"));
    }

    @Test
    void aBodyIsShownWhateverItLooksLike() {
        String answer = lines("HTTP/1.1 403 Forbidden", "A: b") + "Set-Cookie: shown\n\nSet-Cookie: too";
        assertThat(hidden(false, answer)).isEqualTo(answer);
    }

    @Test
    void aValueThatGoesOnInTheNextLineIsHiddenThereToo() {
        assertThat(hidden(true, "GET / HTTP/1.1\nCookie: a\n b=2\nHost: c\n d\n\n"))
                .isEqualTo("GET / HTTP/1.1\nCookie: *\n ***\nHost: c\n d\n\n");
    }

    @Test
    void emptyLinesBeforeTheFirstAreNotTheEnd() {
        assertThat(hidden(true, "\r\n\r\nGET / HTTP/1.1\r\nCookie: a\r\n\r\n"))
                .isEqualTo("\r\n\r\nGET / HTTP/1.1\r\nCookie: *\r\n\r\n");
    }

    @Test
    void aHeadThatIsCutOffIsHiddenAsFarAsItGoes() {
        assertThat(hidden(true, "GET / HTTP/1.1\r\nCookie: secret")).isEqualTo("GET / HTTP/1.1\r\nCookie: ******");
        assertThat(hidden(true, "Cookie")).isEqualTo("Cookie");
        assertThat(hidden(true, "")).isEmpty();
    }
}
