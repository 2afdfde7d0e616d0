package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndentedJsonTest {
    @Test
    void onlyWhiteSpaceChanges() {
        assertThat(IndentedJson.of(" {\"a\\\"{\":1.50e+3 , \"b\":[ ],\"c\":[true,\"\\u00e9\"]}"))
                .isEqualTo(
                        """
                        {
                          "a\\"{": 1.50e+3,
                          "b": [],
                          "c": [
                            true,
                            "\\u00e9"
                          ]
                        }""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "1", "[1", "[1]]", "{} {}", "{a:1}", "[INFO] started"})
    void whatIsNoJsonObjectOrArrayStays(String text) {
        assertThat(IndentedJson.of(text)).isEqualTo(text);
    }

    @Test
    void aMistakeIsNamedWithItsPlace() {
        assertThat(IndentedJson.mistake("{\"a\":1}")).isNull();
        assertThat(IndentedJson.mistake("1")).isNull();
        assertThat(IndentedJson.mistake("1 2")).isEqualTo("expected one value, got 2");
        assertThat(IndentedJson.mistake("{a:1}")).contains("'a'").endsWith("(line 1, column 2)");
    }

    /** Found by review: 500 brackets around a long list made of each of its elements a line of a thousand blanks. */
    @Test
    void whatIsNestedDeepIsIndentedNoFurther() {
        String hostile = "[".repeat(400) + "1,".repeat(10_000) + "1" + "]".repeat(400);
        assertThat(IndentedJson.of(hostile)).hasSizeLessThan(40 * hostile.length());
    }
}
