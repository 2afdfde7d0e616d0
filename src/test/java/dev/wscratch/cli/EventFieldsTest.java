package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFieldsTest {
    @Test
    void anEventIsAWordAndKeysWithValues() {
        EventFields fields = EventFields.parse("close conn=3 path=/echo code=1000 reason=\"good bye\" empty=\"\"");
        assertThat(fields.event()).isEqualTo("close");
        assertThat(fields.values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("conn", "3", "path", "/echo", "code", "1000", "reason", "good bye", "empty", ""));
    }

    @Test
    void anEscapedQuoteDoesNotEndAValue() {
        assertThat(EventFields.parse("close reason=\"\\\" code=9 \\\\\" conn=1").values())
                .isEqualTo(Map.of("reason", "\\\" code=9 \\\\", "conn", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a sentence of a library",
                "word",
                "",
                "close conn=1 conn=2",
                "close level=forged",
                "close conn=1 and more",
                "close reason=\"no end",
                "close reason=\"end\"conn=1",
                "Upper conn=1",
            })
    void anythingElseIsAMessage(String message) {
        assertThat(EventFields.parse(message)).isNull();
    }
}
