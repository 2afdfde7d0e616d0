package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static Limits limits(String name, int value) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                name.equals("maxMessage") ? value : usual.maxMessage(),
                name.equals("maxFragments") ? value : usual.maxFragments(),
                name.equals("maxHead") ? value : usual.maxHead(),
                name.equals("maxConnections") ? value : usual.maxConnections(),
                name.equals("maxConnectionsPerAddress") ? value : usual.maxConnectionsPerAddress(),
                name.equals("controlFramesPerSecond") ? value : usual.controlFramesPerSecond(),
                name.equals("highWaterMark") ? value : usual.highWaterMark());
    }

    @ParameterizedTest
    @CsvSource({
        "maxMessage,               1,    2147483583",
        "maxFragments,             1,    2147483647",
        "maxHead,                  256,  1048576",
        "maxConnections,           1,    2147483647",
        "maxConnectionsPerAddress, 1,    2147483647",
        "controlFramesPerSecond,   1,    2147483647",
        "highWaterMark,            1024, 1073741824",
    })
    void aLimitIsWithinItsBounds(String name, int least, int most) {
        assertThat(limits(name, least)).isNotNull();
        assertThat(limits(name, most)).isNotNull();
        assertThatThrownBy(() -> limits(name, least - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + ": expected " + least + " to " + most + ", got " + (least - 1));
        if (most < Integer.MAX_VALUE) {
            assertThatThrownBy(() -> limits(name, most + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(name + ": expected " + least + " to " + most + ", got " + (most + 1));
        }
    }

    @Test
    void aCopyOfLimitsChangesOneValueOnly() {
        assertThat(Limits.DEFAULT.withMaxMessage(5)).isEqualTo(limits("maxMessage", 5));
        assertThat(Limits.DEFAULT.withMaxConnections(5)).isEqualTo(limits("maxConnections", 5));
    }
}
