package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDataTest {
    @Test
    void objectsListsTextAndWholeNumbersAreRead() {
        assertThat(JsonData.read("[{\"a\": 1, \"b\": [\"\u00e9\", []]}]"))
                .isEqualTo(List.of(Map.of("a", 1L, "b", List.of("\u00e9", List.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "1 2", "{\"a\": null}", "[1.5]", "no"})
    void allElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonData.read(text))
                .withMessageStartingWith("expected ");
    }
}
