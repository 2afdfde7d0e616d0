package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the URL standard; {@code ParityIT} gives the same URLs to Chromium. */
class WebSocketUrlTest {
    /** What is typed, and what the attribute {@code url} says. */
    static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("ws://127.0.0.1:1", "ws://127.0.0.1:1/"),
            Map.entry("HTTP://LocalHost:1/a?b=c", "ws://localhost:1/a?b=c"),
            Map.entry("https://127.0.0.1:1/", "wss://127.0.0.1:1/"),
            Map.entry(" \n ws://127.0.0.1:1/\ta\nb \u0000", "ws://127.0.0.1:1/ab"),
            Map.entry("ws:127.0.0.1:1", "ws://127.0.0.1:1/"),
            Map.entry("ws:\\\\127.0.0.1:1\\a", "ws://127.0.0.1:1/a"),
            Map.entry("ws:///127.0.0.1:1", "ws://127.0.0.1:1/"),
            Map.entry("ws://127.0.0.1:1/a/./b/../c/%2e%2E/d/.", "ws://127.0.0.1:1/a/d/"),
            Map.entry("ws://127.0.0.1:1/../..", "ws://127.0.0.1:1/"),
            Map.entry(
                    "ws://127.0.0.1:1/é \"<>`{}|[]%zz?é '\"<>|",
                    "ws://127.0.0.1:1/%C3%A9%20%22%3C%3E%60%7B%7D|[]%zz?%C3%A9%20%27%22%3C%3E|"),
            Map.entry("ws://127.0.0.1:1/?", "ws://127.0.0.1:1/?"),
            Map.entry("ws://127.0.0.1:00001/", "ws://127.0.0.1:1/"),
            Map.entry("ws://127.0.0.1:/", "ws://127.0.0.1/"),
            Map.entry("ws://127.0.0.1:80/", "ws://127.0.0.1/"),
            Map.entry("wss://127.0.0.1:443/", "wss://127.0.0.1/"),
            Map.entry("ws://127.1:1/", "ws://127.0.0.1:1/"),
            Map.entry("ws://0x7f.0.0.01:1/", "ws://127.0.0.1:1/"),
            Map.entry("ws://2130706433:1/", "ws://127.0.0.1:1/"),
            Map.entry("ws://%6cocalhost:1/", "ws://localhost:1/"),
            Map.entry("ws://[0:0::1]:1/", "ws://[::1]:1/"),
            Map.entry("ws://[::ffff:127.0.0.1]:1/", "ws://[::ffff:7f00:1]:1/"),
            Map.entry("ws://[1:0:0:2::0003:0]:1/", "ws://[1::2:0:0:3:0]:1/"),
            Map.entry("ws://a@b:c@127.0.0.1:1/", "ws://a%40b:c@127.0.0.1:1/"),
            Map.entry("ws://\u00fc.localhost:1/", "ws://xn--tda.localhost:1/"));

    static final List<String> BAD = List.of(
            "",
            "ftp://127.0.0.1/",
            "://127.0.0.1/",
            "ws://",
            "ws://:1/",
            "ws://a b/",
            "ws://a%20b/",
            "ws://127.0.0.1:65536/",
            "ws://127.0.0.1:x/",
            "ws://127.0.0.1:1/#",
            "ws://127.0.0.1:1/#top",
            "ws://256.0.0.1/",
            "ws://1.2.3.4.5/",
            "ws://a.08/",
            "ws://[::1/",
            "ws://[1::2::3]/",
            "ws://[1:2:3:4:5:6:7]/",
            "ws://[::1%25lo]/",
            "ws://a<b/",
            "ws://u@/");

    private static Stream<Map.Entry<String, String>> good() {
        return GOOD.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aUrlIsWrittenAsTheStandardWritesIt(Map.Entry<String, String> url) {
        assertThat(WebSocketUrl.parse(url.getKey()).href()).isEqualTo(url.getValue());
    }

    private static List<String> bad() {
        return BAD;
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoUrlForAWebSocketIsRefused(String url) {
        assertThatThrownBy(() -> WebSocketUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: expected ")
                .hasMessageContaining(", got \"");
    }

    @Test
    void aMessageShowsNoPassword() {
        assertThatThrownBy(() -> WebSocketUrl.parse("ws://user:secret@h/#x"))
                .hasMessageContaining("no fragment")
                .hasMessageContaining("ws://…@h/#x")
                .hasMessageNotContaining("secret");
        assertThat(WebSocketUrl.parse("ws://user:secret@h/a?token=t").withoutSecrets())
                .isEqualTo("ws://h/a");
    }

    @Test
    void aLocationIsResolvedAgainstWhereItCameFrom() {
        WebSocketUrl from = WebSocketUrl.parse("ws://u:p@h:1/a/b?c");
        assertThat(from.resolve("/x"))
                .hasToString(WebSocketUrl.parse("ws://h:1/x").toString());
        assertThat(from.resolve("x?y").href()).isEqualTo("ws://h:1/a/x?y");
        assertThat(from.resolve("//other/x").href()).isEqualTo("ws://other/x");
        assertThat(from.resolve("https://other/x#y").href()).isEqualTo("wss://other/x");
        assertThat(from.resolve("ftp://other/")).isNull();
    }
}
