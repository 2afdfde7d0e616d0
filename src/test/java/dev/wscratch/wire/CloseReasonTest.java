package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
    @Test
    void thePayloadIsTheCodeInTwoBytesAndTheReason() {
        CloseReason reason = new CloseReason(CloseCode.GOING_AWAY, "bye €");

        assertThat(Hex.of(ByteBuffer.wrap(reason.toPayload()))).isEqualTo("03 e9 62 79 65 20 e2 82 ac");
    }

    @Test
    void noStatusIsAnEmptyPayload() {
        assertThat(CloseReason.NONE.toPayload()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1006, 1015, 1016, 5000})
    void aCodeThatMayNotTravelIsNotWritten(int code) {
        assertThatThrownBy(() -> CloseReason.of(new CloseCode(code)).toPayload())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(code + " ")
                .hasMessageContaining("send 1000");
    }

    @Test
    void aReasonOf123BytesFitsAndOneOf124DoesNot() {
        assertThat(new CloseReason(CloseCode.NORMAL_CLOSURE, "x".repeat(123)).toPayload())
                .hasSize(125);
        assertThatThrownBy(() -> new CloseReason(CloseCode.NORMAL_CLOSURE, "x".repeat(122) + "é"))
                .hasMessageContaining("Reason is 124 bytes; the limit is 123");
    }

    /** A prefix of x, a repeated character, how many characters (code points) are kept. */
    @ParameterizedTest
    @CsvSource({"0,a,123", "0,é,61", "1,é,62", "0,€,41", "1,€,41", "0,😀,30", "3,😀,33", "4,😀,33"})
    void truncationKeepsWholeCodePoints(int prefix, String character, int kept) {
        CloseReason reason =
                CloseReason.truncated(CloseCode.NORMAL_CLOSURE, "x".repeat(prefix) + character.repeat(200));

        assertThat(reason.reason().codePointCount(0, reason.reason().length())).isEqualTo(kept);
        assertThat(reason.reason().getBytes(StandardCharsets.UTF_8).length).isBetween(120, 123);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800b", "a\udc00b"})
    void aLoneSurrogateBecomesTheReplacementCharacter(String text) {
        assertThat(CloseReason.truncated(CloseCode.NORMAL_CLOSURE, text).reason())
                .isEqualTo("a\ufffdb");
    }
}
