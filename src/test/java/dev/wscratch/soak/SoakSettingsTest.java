package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakSettingsTest {
    @Test
    void minutesAreEnough() {
        SoakSettings settings = SoakSettings.of(List.of("10"));
        assertThat(settings.priming()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.measured()).isEqualTo(Duration.ofMinutes(9));
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.javaOptions()).contains("-Xmx256m", "-XX:NativeMemoryTracking=summary");
    }

    @Test
    void optionsAreHeard() {
        SoakSettings settings = SoakSettings.of(
                List.of("1", "--heap", "128", "--rate", "0.5", "--out", "there", "--server", "sh -c x"));
        assertThat(settings.priming()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.javaOptions()).contains("-Xmx128m");
        assertThat(settings.rate()).isEqualTo(0.5);
        assertThat(settings.folder()).hasFileName("there");
        assertThat(settings.server()).containsExactly("sh", "-c", "x");
    }

    @Test
    void aLongRunHasABoundedNumberOfSamples() {
        SoakSettings day = SoakSettings.of(List.of("1440"));
        assertThat(day.measured().dividedBy(day.interval())).isBetween(60L, 360L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''            | MINUTES: expected a number from 1.0 to 1440.0, got
                    ten           | MINUTES: expected a number from 1.0 to 1440.0, got ten
                    0             | MINUTES: expected a number from 1.0 to 1440.0, got 0
                    3 --heap      | --heap: expected a value, got none
                    3 --heap 1    | --heap: expected a number from 64.0 to 16384.0, got 1
                    3 --fast      | expected an option of scripts/soak --help, got --fast
                    """)
    void whatIsWrongIsSaid(String words, String message) {
        assertThatThrownBy(() -> SoakSettings.of(List.of(words.split(" ", -1))))
                .isInstanceOf(SoakSettings.UsageException.class)
                .hasMessageStartingWith(message);
    }
}
