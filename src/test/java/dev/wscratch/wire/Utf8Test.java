package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "é",
                "€",
                "😀",
                "\u007f\u0080\u07ff\u0800\uffff",
                "\ud800",
                "\udc00",
                "a\ud800b",
                "\ud800\ud800",
                "\udc00\ud800",
                "\ud83d\ude00\ud83d"
            })
    void theLengthIsThatOfTheEncodedText(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);

        String longText = text.repeat(300);
        assertThat(Utf8.length(longText)).isEqualTo(longText.getBytes(StandardCharsets.UTF_8).length);
    }
}
