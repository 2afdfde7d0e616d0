package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
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
        assertThat(Utf8.encode(longText)).isEqualTo(longText.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextThatWasDecodedIsNotEncodedAnewUntilItIsForgotten() {
        byte[] utf8 = "grün ".repeat(100).getBytes(StandardCharsets.UTF_8);
        String text = Utf8.decode(utf8);
        assertThat(text).isEqualTo("grün ".repeat(100));
        assertThat(Utf8.encode(text)).isSameAs(utf8);
        assertThat(Utf8.length(text)).isEqualTo(600);
        Utf8.forget();
        assertThat(Utf8.encode(text)).isNotSameAs(utf8).isEqualTo(utf8);
    }

    @Test
    void anotherTextHasItsOwnBytes() {
        byte[] utf8 = "x".repeat(300).getBytes(StandardCharsets.UTF_8);
        Utf8.decode(utf8);
        assertThat(Utf8.encode("y".repeat(300))).isEqualTo("y".repeat(300).getBytes(StandardCharsets.UTF_8));
        Utf8.decode("short".getBytes(StandardCharsets.UTF_8));
        assertThat(Utf8.encode("short")).isEqualTo("short".getBytes(StandardCharsets.UTF_8));
        Utf8.forget();
    }
}
