package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
    private static final String LAB = "0123456789abcdef0123456789abcdef";

    @Test
    void aMarkStandsAnywhereInTheQuery() {
        assertThat(Mark.of("lab=" + LAB + ".7")).isEqualTo(new Mark(LAB, 7));
        assertThat(Mark.of("a=b&lab=" + LAB + ".12&c")).isEqualTo(new Mark(LAB, 12));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "lab=",
                "lab=" + LAB,
                "lab=" + LAB + ".0",
                "lab=" + LAB + ".1234567890",
                "lab=" + LAB + "0.1",
                "lab=0123456789ABCDEF0123456789abcdef.1",
                "slab=" + LAB + ".1",
            })
    void whatIsNotWellFormedIsNone(String query) {
        assertThat(Mark.of(query)).isNull();
    }
}
