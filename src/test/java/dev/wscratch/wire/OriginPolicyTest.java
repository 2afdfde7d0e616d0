package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private static Optional<Refusal> judge(OriginPolicy policy, String origin, String host, boolean secure) {
        return policy.judge(List.of(origin), host, secure, false);
    }

    @ParameterizedTest
    @CsvSource({
        "http://x.example,x.example,false",
        "HTTP://X.Example,x.example,false",
        "http://x.example,X.EXAMPLE:80,false",
        "http://x.example:80,x.example,false",
        "http://x.example,x.example:,false",
        "http://x.example:8080,x.example:8080,false",
        "https://x.example,x.example,true",
        "https://x.example,x.example:443,true",
        "http://[::1]:8080,[::1]:8080,false",
        "http://127.0.0.1:1,127.0.0.1:1,false"
    })
    void thePageOfThisServerMayConnect(String origin, String host, boolean secure) {
        assertThat(judge(OriginPolicy.SAME_ORIGIN, origin, host, secure)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,x.example,false",
        "https://x.example,x.example,false",
        "http://x.example,x.example,true",
        "http://x.example:8080,x.example,false",
        "http://x.example,x.example:8080,false",
        "http://x.example:443,x.example,true",
        "http://x.example.evil.example,x.example,false",
        "http://x.example/,x.example,false",
        "http://x.example http://x.example,x.example,false",
        "null,x.example,false",
        "'',x.example,false",
        "x.example,x.example,false",
        "://x.example,x.example,false",
        "1http://x.example,x.example,false",
        "ht^tp://x.example,x.example,false",
        "ht/tp://x.example,x.example,false",
        "http://,x.example,false",
        "http://user@x.example,x.example,false",
        "http://x.example,,false"
    })
    void everyOtherPageMayNot(String origin, String host, boolean secure) {
        Optional<Refusal> refusal = judge(OriginPolicy.SAME_ORIGIN, origin, host, secure);

        assertThat(refusal).isPresent();
        assertThat(refusal.get().status()).isEqualTo(403);
        assertThat(refusal.get().rule()).isEqualTo(HandshakeRule.ORIGIN_NOT_ALLOWED);
        assertThat(refusal.get().text()).contains("Origin ", "--origins");
    }

    @Test
    void noOriginIsNoBrowser() {
        assertThat(OriginPolicy.SAME_ORIGIN.judge(List.of(), "x", false, false)).isEmpty();
        assertThat(OriginPolicy.SAME_ORIGIN.judge(List.of(), null, false, false))
                .isEmpty();
    }

    @Test
    void twoOriginsAreRefusedEvenIfAllAreAllowed() {
        Optional<Refusal> refusal =
                new OriginPolicy(List.of("*"), List.of()).judge(List.of("http://x", "http://x"), "x", false, false);

        assertThat(refusal).map(Refusal::rule).contains(HandshakeRule.ORIGIN_REPEATED);
    }

    @Test
    void listedOriginsMayConnectInAnyCaseAndWithTheirDefaultPort() {
        OriginPolicy policy =
                new OriginPolicy(List.of("HTTPS://App.Example:443", "chrome-extension://abc", "null"), List.of());

        assertThat(judge(policy, "https://app.example", "x", false)).isEmpty();
        assertThat(judge(policy, "chrome-extension://abc", "x", false)).isEmpty();
        assertThat(judge(policy, "null", "x", false)).isEmpty();
        assertThat(judge(policy, "http://x", "x", false)).isEmpty();
        assertThat(judge(policy, "http://app.example", "x", false))
                .map(Refusal::expected)
                .contains("Origin http://x or one of [chrome-extension://abc, https://app.example, null]");
    }

    @Test
    void aStarAllowsEveryOrigin() {
        OriginPolicy policy = new OriginPolicy(List.of("*"), List.of());

        assertThat(judge(policy, "http://evil.example", "x", false)).isEmpty();
        assertThat(judge(policy, "null", "x", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "app.localhost", "127.0.0.1", "127.255.255.255:1", "[::1]:8080"})
    void onLoopbackTheHostMayBeThisMachine(String host) {
        assertThat(OriginPolicy.SAME_ORIGIN.judge(List.of(), host, false, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.evil.0.1",
                "127.0.0.256",
                "127.0.0.0001",
                "127.0.0.a",
                "127.0.0.-",
                "127.0.0.1.",
                "\u20ac",
                "127.0..1",
                "128.0.0.1",
                "[::2]",
                "xlocalhost",
                "a b"
            })
    void onLoopbackAForeignNameIsRefusedWithAMatchingOriginToo(String host) {
        Optional<Refusal> refusal = new OriginPolicy(List.of("*"), List.of("dev.example"))
                .judge(List.of("http://" + host), host, false, true);

        assertThat(refusal).isPresent();
        assertThat(refusal.get().status()).isEqualTo(403);
        assertThat(refusal.get().rule()).isEqualTo(HandshakeRule.HOST_NOT_ALLOWED);
        assertThat(refusal.get().expected()).endsWith("or one of [dev.example]");
    }

    @Test
    void onLoopbackNoHostIsRefusedAndAListedOneIsNot() {
        assertThat(OriginPolicy.SAME_ORIGIN.judge(List.of(), null, false, true))
                .map(Refusal::actual)
                .contains("none");
        assertThat(new OriginPolicy(List.of(), List.of("Dev.Example"))
                        .judge(List.of("http://dev.example:8080"), "dev.example:8080", false, true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "https://app.example/", "https://app.example/x", "", "https://*.example:x"})
    void aListEntryThatIsNoOriginIsRefused(String origin) {
        assertThatThrownBy(() -> new OriginPolicy(List.of(origin), List.of()))
                .hasMessageContaining("Expected an origin such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.example:80", "http://dev.example", ""})
    void aListEntryThatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> new OriginPolicy(List.of(), List.of(host)))
                .hasMessageContaining("Expected a host such as");
    }
}
