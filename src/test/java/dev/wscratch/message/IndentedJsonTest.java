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
}
