package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Requests;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.Words;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private final Pages pages = new Pages(Set.of("/", "/echo"), true);

    private HttpResponse get(String target, String... headers) {
        return pages.handle(Requests.get(target, headers));
    }

    private static String header(HttpResponse response, String name) {
        return response.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .reduce((one, other) -> one + "|" + other)
                .orElse("none");
    }

    @Test
    void theRootIsThePageWithAPolicyThatAllowsNothingFromElsewhere() {
        HttpResponse page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(UTF_8.decode(page.body().duplicate()).toString()).containsIgnoringCase("<!doctype html>");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(get("/index.html?x=1").body()).isEqualTo(page.body());
    }

    @Test
    void theSamePageAgainIsNotModified() {
        String etag = header(get("/"), "ETag");
        assertThat(etag).matches("\"[0-9a-f]{24}\"");
        HttpResponse same = get("/", "If-None-Match: " + etag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(header(same, "ETag")).isEqualTo(etag);
        assertThat(header(same, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(same, "Content-Type")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"W/ETAG|304", "*|304", "\"other\", ETAG|304", "\"other\"|200", "ETAGx|200", "''|200", ",,|200"})
    void anEtagMatchesWeaklyAndInAList(String ifNoneMatch, int status) {
        String etag = header(get("/"), "ETag");
        assertThat(get("/", "If-None-Match: " + ifNoneMatch.replace("ETAG", etag))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml", "/./index.html", "/%69ndex.html", "//index.html", "/index.html/", "/.hidden.txt",
                "/a/../index.html", "/index", "/html", "/index.html%00", "/index.class", "/INDEX.HTML",
                "/a/b/c/d/e/f/g/h/i.js", "/nothing.js"
            })
    void whatIsNotSpelledLikeOneOfOurFilesIsNotFound(String target) {
        HttpResponse answer = get(target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void theWordsAreAFileOfThePage() {
        HttpResponse words = get("/words.json");
        assertThat(words.status()).isEqualTo(200);
        assertThat(header(words, "Content-Type")).isEqualTo("application/json");
        assertThat(UTF_8.decode(words.body().duplicate()).toString()).isEqualTo(Words.json());
    }

    @Test
    void anEndpointAskedByPlainHttpSaysWhatItSpeaks() {
        HttpResponse answer = get("/echo");
        assertThat(answer.status()).isEqualTo(426);
        assertThat(header(answer, "Upgrade")).isEqualTo("websocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
    void onlyGetAndHeadAreAllowed(String method) {
        HttpResponse answer = pages.handle(Requests.of(method, "/"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void headIsAnsweredAsGet() {
        assertThat(pages.handle(Requests.of("HEAD", "/"))).isEqualTo(get("/"));
    }

    @Test
    void thePageCanAskWhetherThereIsAnInspector() {
        HttpResponse with = get("/server.json");
        assertThat(UTF_8.decode(with.body().duplicate()).toString()).isEqualTo("{\"inspector\": true}\n");
        HttpResponse without = new Pages(Set.of("/echo"), false).handle(Requests.get("/server.json"));
        assertThat(UTF_8.decode(without.body().duplicate()).toString()).isEqualTo("{\"inspector\": false}\n");
        assertThat(header(without, "Content-Type")).isEqualTo("application/json");
        assertThat(header(without, "ETag")).isNotEqualTo(header(with, "ETag"));
    }
}
