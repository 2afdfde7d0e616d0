package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.json.Json;

class LogLayoutTest {
    private static final String HOSTILE = "a\r\nforged \u001b[31m\u2028\u0085\u202e \"q\" \\ grüße 🙂 \ud800";

    private static String line(String format, String level, String message, @Nullable Throwable error) {
        LogLayout layout = new LogLayout();
        layout.setFormat(format);
        layout.setLevel(level);
        LoggingEvent event = new LoggingEvent(
                "", new LoggerContext().getLogger("dev.wscratch.endpoint"), Level.INFO, message, error, null);
        String line = layout.doLayout(event);
        assertThat(line).endsWith(System.lineSeparator());
        return line.strip();
    }

    private static Map<String, Object> json(String line) {
        return new Json().toType(line, Json.MAP_TYPE);
    }

    @Test
    void anEventOfOursIsAnObjectWithItsFields() {
        Map<String, Object> object =
                json(line("json", "info", "close conn=3 path=/echo reason=\"bye \\\"x\\\"\"", null));
        assertThat(object.keySet()).containsExactly("time", "level", "logger", "event", "conn", "path", "reason");
        assertThat(Duration.between(Instant.parse((String) object.get("time")), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(object)
                .containsEntry("level", "INFO")
                .containsEntry("logger", "dev.wscratch.endpoint")
                .containsEntry("event", "close")
                .containsEntry("conn", 3L)
                .containsEntry("path", "/echo")
                .containsEntry("reason", "bye \\\"x\\\"");
    }

    @Test
    void aSentenceIsAnObjectWithAMessage() {
        assertThat(json(line("json", "info", "a sentence", null)))
                .containsEntry("message", "a sentence")
                .doesNotContainKey("event");
    }

    @Test
    void textBeginsWithTimeLevelAndLogger() {
        assertThat(line("text", "info", "close conn=3", null))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  endpoint  close conn=3");
    }

    @ParameterizedTest
    @CsvSource({"text,info", "text,debug", "json,info", "json,debug"})
    void noTextBreaksOutOfItsLine(String format, String level) {
        Throwable error = new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE));
        String line = line(format, level, HOSTILE, error);
        assertThat(line.codePoints())
                .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E || c == 0xD800);
        assertThat(line).contains("IllegalStateException", "caused by java.lang.RuntimeException");
        assertThat(line.contains("noTextBreaksOutOfItsLine")).isEqualTo(level.equals("debug"));
        if (format.equals("json")) {
            assertThat(line).matches("\\{[ -~]*}");
            assertThat(json(line).get("message").toString())
                    .startsWith("a\\r\\nforged \\u001b[31m")
                    .contains("\"q\" \\ grüße 🙂");
        }
    }

    @ParameterizedTest
    @CsvSource({"text,info", "text,debug", "json,info", "json,debug"})
    void whatIsTooLongIsCut(String format, String level) {
        String million = "x".repeat(1_000_000);
        assertThat(line(format, level, million, new IllegalStateException(million)))
                .hasSizeLessThan(30_000)
                .contains("… (1000000 characters)".substring(format.equals("json") ? 1 : 0));
    }
}
