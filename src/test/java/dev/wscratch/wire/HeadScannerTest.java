package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.HeadScanner.Step;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadScannerTest {
    private final HeadScanner scanner = new HeadScanner(new HeadLimits(64, 10));

    private Step byteByByte(ByteBuffer bytes) {
        Step step = Step.NEED_INPUT;
        while (bytes.hasRemaining() && step == Step.NEED_INPUT) {
            step = scanner.scan(ByteBuffer.wrap(new byte[] {bytes.get()}));
        }
        return step;
    }

    @Test
    void theHeadEndsAtItsEmptyLineAndWhatFollowsIsLeft() {
        ByteBuffer bytes = Heads.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n\u0081\u0080");

        assertThat(scanner.scan(bytes)).isEqualTo(Step.HEAD);
        assertThat(scanner.length()).isEqualTo(27);
        assertThat(bytes.remaining()).isEqualTo(2);
    }

    @Test
    void theSameByteByByteAndAgainAfterAReset() {
        assertThat(byteByByte(Heads.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))).isEqualTo(Step.HEAD);
        scanner.reset();
        assertThat(byteByByte(Heads.raw("GET / HTTP/1.1\r\n\r\n"))).isEqualTo(Step.HEAD);
        assertThat(scanner.length()).isEqualTo(18);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            \\026\\003\\001     | NOT_HTTP          | 1
            \\r\\nGET           | NOT_HTTP          | 1
            GET /\\n            | LINE_END_NOT_CRLF | 6
            GET /\\r\\n\\n      | LINE_END_NOT_CRLF | 8
            GET /\\rx           | LINE_END_NOT_CRLF | 7
            GET /\\r\\n\\rx     | LINE_END_NOT_CRLF | 9
            GET /\\0            | CONTROL_CHARACTER | 6
            GET /\\r\\n\\0      | CONTROL_CHARACTER | 8
            """)
    void whatCannotBecomeAHeadIsRefusedAtItsByte(String text, HeadRule rule, int length) {
        assertThat(byteByByte(Heads.raw(text.translateEscapes() + "more"))).isEqualTo(Step.REFUSED);
        assertThat(scanner.refusal().rule()).isEqualTo(rule);
        assertThat(scanner.length()).isEqualTo(length);
        assertThat(scanner.scan(Heads.raw("more"))).isEqualTo(Step.REFUSED);
    }

    @Test
    void aHeadThatIsTooLongIsRefusedOneByteAfterTheLimit() {
        assertThat(scanner.scan(Heads.raw("GET / HTTP/1.1\r\n" + "a".repeat(48))))
                .isEqualTo(Step.NEED_INPUT);
        assertThat(scanner.scan(Heads.raw("a"))).isEqualTo(Step.REFUSED);
        assertThat(scanner.refusal().status()).isEqualTo(431);
    }

    @Test
    void aFirstLineThatIsTooLongIsATargetThatIsTooLong() {
        assertThat(scanner.scan(Heads.raw("GET /" + "a".repeat(60)))).isEqualTo(Step.REFUSED);
        assertThat(scanner.refusal().status()).isEqualTo(414);
    }

    @Test
    void aRefusalThatIsNotThereIsRefusedWithWords() {
        assertThatThrownBy(scanner::refusal).hasMessageContaining("REFUSED");
    }
}
