package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTextTest {
    /** The input with Java's escapes; what is shown as it stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            plain é€😀        | plain é€😀
            a\\nb\\rc\\td      | a\\nb\\rc\\td
            \\\\ \\"           | \\\\ \\"
            \\033[31m          | \\u001b[31m
            """)
    void whatIsNotPrintableIsEscaped(String given, String shown) {
        assertThat(PeerText.escape(given.translateEscapes(), 100)).isEqualTo(shown);
    }

    @Test
    void everyKindOfHiddenCharacterIsEscaped() {
        assertThat(PeerText.escape("\u202e\ud800\ue000\u0378\u2028\u2029", 100))
                .isEqualTo("\\u202e\\ud800\\ue000\\u0378\\u2028\\u2029");
        assertThat(PeerText.escape(Character.toString(0xE0001), 100)).isEqualTo("\\U000e0001");
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() {
        assertThat(PeerText.escape("abc", 3)).isEqualTo("abc");
        assertThat(PeerText.escape("abcd", 3)).isEqualTo("abc… (4 characters)");
        assertThat(PeerText.escape("ab😀", 3)).isEqualTo("ab… (4 characters)");
        assertThat(PeerText.escape("ab", 0)).isEqualTo("… (2 characters)");
    }

    @Test
    void nothingIsEmpty() {
        assertThat(PeerText.escape(null, 10)).isEmpty();
    }
}
