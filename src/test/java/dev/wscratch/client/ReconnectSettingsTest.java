package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.HeaderFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectSettingsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static ErrorEvent refused(int status, HeaderField... headers) {
        return new ErrorEvent(Step.HANDSHAKE, "refused", status, new HeaderFields(List.of(headers)), null, null);
    }

    private static CloseEvent closed(int code) {
        return new CloseEvent(code, "", code != 1006);
    }

    @Test
    void theLongestWaitDoublesUpToItsCapAndAnyShorterOneMayBeDrawn() {
        ReconnectSettings settings = ReconnectSettings.DEFAULT;
        assertThat(IntStream.range(0, 7).mapToObj(i -> settings.delay(i, 1)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(settings.delay(1000, 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.delay(5, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1008, 1010, 3500, 3999, 4500, 4999})
    void theseCodesAreFinal(int code) {
        assertThat(ReconnectSettings.isFinal(closed(code), null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013, 3000, 3499, 4000, 4499})
    void afterTheseItComesBack(int code) {
        assertThat(ReconnectSettings.isFinal(closed(code), null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "403, true",
        "404, true",
        "410, true",
        "401, false",
        "408, false",
        "425, false",
        "429, false",
        "302, false",
        "500, false",
        "503, false"
    })
    void aStatusIsFinalIfItBlamesTheRequest(int status, boolean last) {
        assertThat(ReconnectSettings.isFinal(closed(1006), refused(status))).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "0 | PT0S",
                "999999999 | PT24H",
                "Thu, 01 Jan 2026 00:01:00 GMT | PT1M",
                "Wed, 31 Dec 2025 00:00:00 GMT | PT0S",
                "soon | PT0S",
                "-1 | PT0S"
            })
    void retryAfterIsSecondsOrADate(String value, Duration wait) {
        assertThat(ReconnectSettings.retryAfter(refused(503, new HeaderField("retry-after", value)), NOW))
                .isEqualTo(wait);
    }

    @Test
    void withoutTheHeaderNothingIsAsked() {
        assertThat(ReconnectSettings.retryAfter(refused(503), NOW)).isZero();
        assertThat(ReconnectSettings.retryAfter(null, NOW)).isZero();
    }

    @Test
    void settingsThatWouldNotWaitAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ReconnectSettings(Duration.ZERO, 2, second, second, 0))
                .hasMessageContaining("base: expected at least 1 ms");
        assertThatThrownBy(() -> new ReconnectSettings(second, 0.5, second, second, 0))
                .hasMessageContaining("factor: expected 1 to 1000, got 0.5");
        assertThatThrownBy(() -> new ReconnectSettings(second, 2, Duration.ofMillis(1), second, 0))
                .hasMessageContaining("cap: expected base to a day");
        assertThatThrownBy(() -> new ReconnectSettings(second, 2, second, second, 0, 0))
                .hasMessageContaining("attempts: expected at least 1, got 0");
    }
}
