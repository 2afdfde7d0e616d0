package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.Opcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    @Test
    void aCellIsReadFromItsShortForm() {
        assertThat(Load.parse("c64p16s16kt")).isEqualTo(new Load(64, 16, 16 << 10, Opcode.TEXT));
        assertThat(Load.parse("c1p1s64b")).hasToString("c1 p1 64 B binary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1p1s64", "c0p1s64b", "c1p1s0t", "64"})
    void whatIsNoCellIsRefused(String text) {
        assertThatThrownBy(() -> Load.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
