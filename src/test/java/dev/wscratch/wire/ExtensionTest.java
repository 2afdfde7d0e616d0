package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.Extension.Parameter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionTest {
    /** Examples of RFC 6455 section 9.1 and RFC 7692 section 7, and what they mean in one spelling. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            foo                                     | foo
            bar; baz=2                              | bar; baz=2
            foo, bar;baz="2" , foo                  | foo, bar; baz=2, foo
            permessage-deflate; client_max_window_bits; server_max_window_bits=10 | permessage-deflate; client_max_window_bits; server_max_window_bits=10
            a;b = c;b                               | a; b=c; b
            ,, a ,,b,                               | a, b
            a;b="c\\d"                              | a; b=cd
            """)
    void theListIsReadAndWritten(String header, String canonical) {
        assertThat(Extension.parse(List.of(header)).map(Extension::format)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";",
                "a;",
                "a;;b",
                "a b",
                "a;b=",
                "a;b=\"",
                "a;b=\"\"",
                "a;b=\"c",
                "a;b=\"c d\"",
                "a;b=\"c\\",
                "a;b=c d",
                "a=b",
                "a;=b",
                "a;b=\"c\"d",
                "a/b",
                "a;b=\"\\\"\""
            })
    void whatTheGrammarDoesNotKnowIsNoList(String header) {
        assertThat(Extension.parse(List.of(header))).isEmpty();
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(Extension.parse(List.of("a", "b; c")))
                .contains(
                        List.of(new Extension("a", List.of()), new Extension("b", List.of(new Parameter("c", null)))));
        assertThat(Extension.parse(List.of())).contains(List.of());
        assertThat(Extension.parse(List.of("a", ""))).isEmpty();
    }

    @Test
    void theBoundsHold() {
        String most = String.join(",", java.util.Collections.nCopies(Extension.MAX_EXTENSIONS, "constructor"));
        String mostParameters = "a" + ";b".repeat(Extension.MAX_PARAMETERS);

        assertThat(Extension.parse(List.of(most))).isPresent();
        assertThat(Extension.parse(List.of(most + ",a"))).isEmpty();
        assertThat(Extension.parse(List.of(most, "a"))).isEmpty();
        assertThat(Extension.parse(List.of(mostParameters))).isPresent();
        assertThat(Extension.parse(List.of(mostParameters + ";b"))).isEmpty();
    }

    @Test
    void aMillionBlanksTakeLinearTime() {
        String blanks = " ".repeat(1_000_000);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(Extension.parse(List.of("a" + blanks + ";" + blanks + "b")))
                    .isPresent();
            assertThat(Subprotocols.parse(List.of("a" + blanks + "," + blanks + "b")))
                    .isPresent();
        });
    }

    @Test
    void aParameterIsFoundByItsName() {
        Extension extension = new Extension("a", List.of(new Parameter("b", "1"), new Parameter("b", "2")));

        assertThat(extension.parameter("b")).contains(new Parameter("b", "1"));
        assertThat(extension.parameter("c")).isEmpty();
    }
}
