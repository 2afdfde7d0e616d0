package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarSettingsTest {
    private static final String NAME = "WSCRATCH_MAX_MESSAGE";

    @Test
    void withoutAnySettingTheLimitIsOneMebibyte() {
        assertThat(read(Map.of(), Map.of())).isEqualTo(new WarSettings(1_048_576, List.of(), List.of(), true));
    }

    @Test
    void theContextParameterBeatsTheEnvironment() {
        assertThat(read(Map.of(NAME, "10"), Map.of(NAME, "20")).maxMessage()).isEqualTo(10);
        assertThat(read(Map.of(), Map.of(NAME, "20")).maxMessage()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "65536,65536",
        "5B,5",
        "64KB,64000",
        "64KiB,65536",
        "2 MiB,2097152",
        "' 1gib ',1073741824",
        "2147483647,2147483647"
    })
    void aSizeIsBytesOrHasAUnit(String text, int bytes) {
        assertThat(read(Map.of(NAME, text), Map.of()).maxMessage()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "0", "-1", "1.5MiB", "1XB", "2GiB", "9999999999GiB", "99999999999"})
    void aWrongSizeIsRefusedWithWhatWasExpectedAndWhatCame(String text) {
        assertThatThrownBy(() -> read(Map.of(NAME, text), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("WSCRATCH_MAX_MESSAGE: expected a size from 1 to 2147483647 bytes, such as 65536, 64KB or"
                        + " 1MiB, got \"" + text + "\"");
    }

    @Test
    void originsAndHostsAreListsWithCommas() {
        WarSettings settings = read(
                Map.of("WSCRATCH_ORIGINS", "https://a.example, https://b.example:8443"),
                Map.of("WSCRATCH_HOSTS", "dev.example"));
        assertThat(settings.origins()).containsExactly("https://a.example", "https://b.example:8443");
        assertThat(settings.hosts()).containsExactly("dev.example");
        assertThat(read(Map.of("WSCRATCH_ORIGINS", " "), Map.of()).origins()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WSCRATCH_ORIGINS,a.example,an origin", "WSCRATCH_HOSTS,a.example:80,a host"})
    void aWrongEntryOfAListIsRefusedWithWhatWasExpectedAndWhatCame(String name, String entry, String expected) {
        assertThatThrownBy(() -> read(Map.of(name, entry), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ": Expected " + expected)
                .hasMessageEndingWith("got \"" + entry + "\"");
    }

    @Test
    void theInspectorCanBeSwitchedOff() {
        assertThat(read(Map.of("WSCRATCH_INSPECTOR", "false"), Map.of()).inspector())
                .isFalse();
        assertThat(read(Map.of("WSCRATCH_INSPECTOR", " True "), Map.of("WSCRATCH_INSPECTOR", "false"))
                        .inspector())
                .isTrue();
        assertThatThrownBy(() -> read(Map.of("WSCRATCH_INSPECTOR", "off"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("WSCRATCH_INSPECTOR: expected one of true, false, got \"off\"");
    }

    private static WarSettings read(Map<String, String> contextParameters, Map<String, String> environment) {
        return WarSettings.read(contextParameters::get, environment::get);
    }
}
