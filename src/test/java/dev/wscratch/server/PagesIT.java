package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PagesIT {
    private static WscratchServer server;

    @BeforeAll
    static void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String ask(String requestLine, String... headers) throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            StringBuilder head = new StringBuilder(requestLine + " HTTP/1.1\r\nHost: localhost\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            peer.send(head.append("\r\n").toString());
            return requestLine.startsWith("HEAD") ? peer.readHead() : peer.readResponse();
        }
    }

    private static String header(String response, String name) {
        return response.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "/,            text/html; charset=utf-8",
        "/index.html,  text/html; charset=utf-8",
        "/style.css,   text/css; charset=utf-8",
        "/main.js,     text/javascript; charset=utf-8",
        "/favicon.svg, image/svg+xml",
    })
    void eachFileHasItsContentTypeAndTheSecurityHeaders(String path, String contentType) throws IOException {
        String response = ask("GET " + path + "?auto=0");
        assertThat(response).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(header(response, "Content-Type")).isEqualTo(contentType);
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
        assertThat(header(response, "ETag")).matches("\"[0-9a-f]{24}\"");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(response).doesNotContainIgnoringCase("server:").doesNotContainIgnoringCase("grizzly");
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() throws IOException {
        String etag = header(ask("GET /main.js"), "ETag");
        String again = ask("GET /main.js", "If-None-Match: \"other\", " + etag);
        assertThat(again).startsWith("HTTP/1.1 304 Not Modified\r\n").endsWith("\r\n\r\n");
        assertThat(header(again, "ETag")).isEqualTo(etag);
        assertThat(ask("GET /main.js", "If-None-Match: \"other\"")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headAnswersLikeGetWithoutTheBody() throws IOException {
        String get = ask("GET /style.css");
        String head = ask("HEAD /style.css");
        assertThat(header(head, "Content-Length"))
                .isEqualTo(header(get, "Content-Length"))
                .isNotEqualTo("0");
        assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrderAlsoWhenTheyComeTogether() throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            String get = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
            peer.send(get + "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n" + get);
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 404 ");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ").contains("text/css");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 404 ");
            peer.send("GET /style.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(peer.readResponse()).contains("Connection: close\r\n");
            assertThat(peer.readsEnd()).isTrue();
        }
    }

    @Test
    void anUpgradeMayFollowAPlainRequestOnTheSameConnection() throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
            peer.sendText("hi");
            assertThat(peer.readFrame().text()).isEqualTo("hi");
        }
    }

    @Test
    void anUnknownPathIs404WithoutABanner() throws IOException {
        String response = ask("GET /nothing.html");
        assertThat(response).startsWith("HTTP/1.1 404 Not Found\r\n").endsWith("\r\n\r\nnot found\n");
        assertThat(response).doesNotContainIgnoringCase("grizzly").doesNotContainIgnoringCase("tyrus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void anotherMethodIs405AndNamesTheRightOnes(String method) throws IOException {
        assertThat(ask(method + " /"))
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("Allow: GET, HEAD\r\n");
    }

    @Test
    void anEndpointAskedWithoutAnUpgradeSaysWhatItSpeaks() throws IOException {
        assertThat(ask("GET /echo"))
                .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
                .contains("Upgrade: websocket\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../canary.txt",
                "/%2e%2e/canary.txt",
                "/..%2fcanary.txt",
                "/..\\canary.txt",
                "/..%5ccanary.txt",
                "/....//canary.txt",
                "/index.html%00/../../canary.txt",
                "/%c0%ae%c0%ae/canary.txt",
                "/./../canary.txt",
                "//canary.txt",
                "/x/../../canary.txt",
            })
    void noPathLeadsOutOfThePage(String path) throws IOException {
        assertThat(PagesIT.class.getResourceAsStream("/dev/wscratch/canary.txt"))
                .as("the canary is one step outside the page's folder")
                .isNotNull();
        String response = ask("GET " + path);
        assertThat(response).matches("(?s)HTTP/1\\.1 (400|404) .*").doesNotContain("canary-outside-the-page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/.", "/wire/", "/index", "/package-info.class"})
    void foldersAndFilesOfOtherKindsAreNotThere(String path) throws IOException {
        assertThat(ask("GET " + path)).startsWith("HTTP/1.1 404 ");
    }
}
