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

    /** Found by review: 500 brackets around a long list made of each of its elements a line of a thousand blanks. */
    @Test
    void whatIsNestedDeepIsIndentedNoFurther() {
        String hostile = "[".repeat(400) + "1,".repeat(10_000) + "1" + "]".repeat(400);
        assertThat(IndentedJson.of(hostile)).hasSizeLessThan(40 * hostile.length());
    }
}
