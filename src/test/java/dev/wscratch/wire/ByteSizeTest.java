package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "65536,65536",
        "5B,5",
        "64KB,64000",
        "64KiB,65536",
        "3mb,3000000",
        "2 MiB,2097152",
        "1GB,1000000000",
        "' 1gib ',1073741824"
    })
    void aSizeIsBytesOrHasAUnit(String text, long bytes) {
        assertThat(ByteSize.read(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", " ", "-1", "+1", "1.5MiB", "1XB", "1 2", "1000000000000000000"})
    void anythingElseIsNone(String text) {
        assertThat(ByteSize.read(text)).isEmpty();
    }

    @Test
    void moreThanALongHoldsIsTheMostThatItHolds() {
        assertThat(ByteSize.read("999999999999999999GiB")).hasValue(Long.MAX_VALUE);
    }
}
