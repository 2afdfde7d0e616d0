package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryTextOfAllScriptsStays() {
        assertThat(Printable.of("Grüße, 日本, 🙂!")).isEqualTo("Grüße, 日本, 🙂!");
    }

    @Test
    void controlCharactersAreEscapes() {
        assertThat(Printable.of("a\u001b[31mb\u0007\r\n\tc\u009b\u007f"))
                .isEqualTo("a\\u001b[31mb\\u0007\\r\\n\\tc\\u009b\\u007f");
    }

    @Test
    void charactersThatTurnTheDirectionOfTextAreEscapes() {
        assertThat(Printable.of("\u202egpj.exe\u2066\u2028")).isEqualTo("\\u202egpj.exe\\u2066\\u2028");
    }

    @Test
    void whatLooksLikeAnEscapeIsTold() {
        assertThat(Printable.of("\\n")).isEqualTo("\\\\n");
    }

    @Test
    void aLoneSurrogateIsAnEscape() {
        assertThat(Printable.of("a\ud800")).isEqualTo("a\\ud800");
    }
}
