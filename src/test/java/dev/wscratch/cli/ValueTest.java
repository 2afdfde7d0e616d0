package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    @ParameterizedTest
    @CsvSource({"1,1", "65536,65536", "64KB,64000", "64kib,65536", "1MiB,1048576", "2 MB,2000000", "1GiB,1073741824"})
    void aSizeHasDecimalAndBinaryUnits(String text, int bytes) {
        assertThat(new Value("--max-message", text).size(1, 1 << 30)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "1XB", "0x10"})
    void aSizeThatIsNoneIsExplained(String text) {
        assertThatThrownBy(() -> new Value("--max-message", text).size(1, 1 << 30))
                .isInstanceOf(UsageException.class)
                .hasMessage("--max-message: expected a size such as 65536, 64KB or 1MiB, got \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2GiB", "9999999999"})
    void aSizeOutOfRangeIsExplained(String text) {
        assertThatThrownBy(() -> new Value("--max-message", text).size(1, 1 << 30))
                .hasMessage("--max-message: expected a size from 1 to 1073741824 bytes, got \"" + text + "\"");
    }

    @Test
    void aSizeThatOverflowsIsExplained() {
        assertThatThrownBy(() -> new Value("--max-message", "999999999999999999GiB").size(1, 1 << 30))
                .hasMessageStartingWith("--max-message: expected a size from 1 to 1073741824 bytes");
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "5s,5000", "2m,120000", "1h,3600000"})
    void aDurationHasAUnit(String text, long milliseconds) {
        assertThat(new Value("--wait", text).duration()).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void aDurationWithoutAUnitIsExplained() {
        assertThatThrownBy(() -> new Value("--wait", "5").duration())
                .hasMessage("--wait: expected a time such as 500ms, 5s, 2m or 1h, got \"5\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "8080.0", ""})
    void aPortThatIsNoneIsExplainedWithItsSource(String text) {
        assertThatThrownBy(() -> new Value("PORT", text).number(0, 65_535))
                .hasMessage("PORT: expected a whole number from 0 to 65535, got \"" + text + "\"");
    }

    @Test
    void aWordIsOneOfTheListInAnyCase() {
        assertThat(new Value("--log-level", "WARN").oneOf("info", "warn")).isEqualTo("warn");
        assertThatThrownBy(() -> new Value("--log-level", "loud").oneOf("info", "warn"))
                .hasMessage("--log-level: expected one of info, warn, got \"loud\"");
    }

    @ParameterizedTest
    @CsvSource({"1048576,1MiB", "65536,64KiB", "16384,16KiB", "1000,1000", "1073741824,1024MiB"})
    void aSizeIsWrittenAsItIsRead(int bytes, String text) {
        assertThat(Value.ofSize(bytes)).isEqualTo(text);
        assertThat(new Value("--max-message", text).size(1, 1 << 30)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,off", "500,500ms", "1500,1500ms", "10000,10s", "90000,90s", "60000,1m", "7200000,2h"})
    void aDurationIsWrittenAsItIsRead(long millis, String text) {
        Duration time = Duration.ofMillis(millis);
        assertThat(Value.ofDuration(time)).isEqualTo(text);
        assertThat(new Value("--idle-timeout", text).durationOrOff(Duration.ofDays(1)))
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "366h", "off"})
    void aDurationThatMustBeMoreThanZeroIsExplained(String text) {
        assertThatThrownBy(() -> new Value("--ping-interval", text).duration(Duration.ofDays(1)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--ping-interval: expected a time")
                .hasMessageEndingWith("got \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100/s", " 100 /s"})
    void aRateIsPerSecond(String text) {
        assertThat(new Value("--control-rate", text).perSecond(1, 1000)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/s", "100/m", "/s"})
    void aRateThatIsNoneIsExplained(String text) {
        assertThatThrownBy(() -> new Value("--control-rate", text).perSecond(1, 1000))
                .hasMessage("--control-rate: expected a whole number from 1 to 1000 per second, such as 100/s, got \""
                        + text + "\"");
    }

    @Test
    void aListHasCommasAndPerhapsNoEntry() {
        assertThat(new Value("--hosts", "a, b").list(entries -> {})).containsExactly("a", "b");
        assertThat(new Value("--hosts", " ").list(entries -> {})).isEmpty();
    }
}
