package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        ":8080/echo,ws://localhost:8080/echo",
        "example.org:80/chat,ws://example.org:80/chat",
        "example.org,ws://example.org",
        "wss://example.org/chat,wss://example.org/chat",
        "HTTP://example.org/chat,HTTP://example.org/chat",
    })
    void whatPeopleTypeIsCompleted(String typed, String url) {
        assertThat(Target.url(typed)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://localhost:8080/echo,http://localhost:8080",
        "wss://example.org?a=1,https://example.org",
        "HTTP://[::1]:80,http://[::1]:80",
        "https://me:secret@example.org/chat,https://example.org",
    })
    void thePageIsThatOfTheServerWithoutPathAndPassword(String url, String page) {
        assertThat(Target.page(url)).isEqualTo(page);
    }
}
