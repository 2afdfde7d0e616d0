package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameExplainerTest {
    private static List<ExplainedBytes> explain(String hex) {
        return FrameExplainer.explain(Hex.buffer(hex), null);
    }

    private static void assertCoversAll(List<ExplainedBytes> explained, int length) {
        int at = 0;
        for (ExplainedBytes piece : explained) {
            assertThat(piece.offset()).isEqualTo(at);
            assertThat(piece.length()).isPositive();
            assertThat(piece.label()).isNotBlank();
            assertThat(piece.sentence()).endsWith(".");
            assertThat(piece.section()).startsWith("RFC ");
            at += piece.length();
        }
        assertThat(at).isEqualTo(length);
    }

    @Test
    void everyByteOfTheRfcsMaskedHelloIsExplained() {
        List<ExplainedBytes> explained = explain("81 85 37 fa 21 3d 7f 9f 4d 51 58");

        assertCoversAll(explained, 11);
        assertThat(explained)
                .extracting(ExplainedBytes::label)
                .containsExactly(
                        "FIN=1 RSV=000 opcode=1 (text)",
                        "MASK=1 length=5",
                        "masking key",
                        "'H'",
                        "'e'",
                        "'l'",
                        "'l'",
                        "'o'");
        assertThat(explained.get(0).sentence()).isEqualTo("A text message, complete in this frame.");
        assertThat(explained.get(3).sentence())
                .isEqualTo("The character 'H', one byte of UTF-8; masked: 7f ⊕ 37 = 48.");
    }

    @Test
    void theBitsOfTheFirstTwoBytesAreExplainedAndCoverThem() {
        List<ExplainedBytes> explained = explain("b3 05");

        assertThat(explained.get(0).bits())
                .extracting(ExplainedBytes.Bits::label)
                .containsExactly("FIN=1", "RSV1=0", "RSV2=1", "RSV3=1", "opcode=reserved");
        assertThat(explained.get(0).bits().stream()
                        .mapToInt(ExplainedBytes.Bits::mask)
                        .sum())
                .isEqualTo(0xFF);
        assertThat(explained.get(1).bits().stream()
                        .mapToInt(ExplainedBytes.Bits::mask)
                        .sum())
                .isEqualTo(0xFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            82 03 00 41 ff                | FIN=1 RSV=000 opcode=2 (binary), MASK=0 length=3, 00, 41, ff
            01 04 e2 82 ac 0a             | FIN=0 RSV=000 opcode=1 (text), MASK=0 length=4, '€', U+000A
            01 06 f0 9f 98 80 c3 a9       | FIN=0 RSV=000 opcode=1 (text), MASK=0 length=6, '😀', 'é'
            81 03 e2 82 41                | FIN=1 RSV=000 opcode=1 (text), MASK=0 length=3, e2 (not UTF-8 by itself), 82 (not UTF-8 by itself), 'A'
            81 01 c3                      | FIN=1 RSV=000 opcode=1 (text), MASK=0 length=1, c3 (not UTF-8 by itself)
            81 03 e2 80 8b                | FIN=1 RSV=000 opcode=1 (text), MASK=0 length=3, U+200B
            81 03 ef b7 b5                | FIN=1 RSV=000 opcode=1 (text), MASK=0 length=3, 'ﷵ'
            81 04 f3 a0 80 80             | FIN=1 RSV=000 opcode=1 (text), MASK=0 length=4, U+E0000
            c1 01 4a                      | FIN=1 RSV=100 opcode=1 (text), MASK=0 length=1, 4a
            88 04 03 e8 6f 6b             | FIN=1 RSV=000 opcode=8 (close), MASK=0 length=4, code=1000 NORMAL_CLOSURE, 'o', 'k'
            88 82 01 02 03 04 02 ea       | FIN=1 RSV=000 opcode=8 (close), MASK=1 length=2, masking key, code=1000 NORMAL_CLOSURE
            88 01 03                      | FIN=1 RSV=000 opcode=8 (close), MASK=0 length=1, U+0003
            89 00                         | FIN=1 RSV=000 opcode=9 (ping), MASK=0 length=0
            8a 01 00                      | FIN=1 RSV=000 opcode=A (pong), MASK=0 length=1, 00
            80 01 41                      | FIN=1 RSV=000 opcode=0 (continuation), MASK=0 length=1, 41
            82 7f 80 00 00 00 00 00 00 00 01 | FIN=1 RSV=000 opcode=2 (binary), MASK=0 length=127, length=9223372036854775808, 01
            82 7f 7f ff ff ff ff ff ff ff 01 | FIN=1 RSV=000 opcode=2 (binary), MASK=0 length=127, length=9223372036854775807, 01
            c9 01 41                      | FIN=1 RSV=100 opcode=9 (ping), MASK=0 length=1, 41
            82 7e 00                      | FIN=1 RSV=000 opcode=2 (binary), MASK=0 length=126, length (cut short)
            82 7e 00 01 41                | FIN=1 RSV=000 opcode=2 (binary), MASK=0 length=126, length=1, 41
            82 83 01 02                   | FIN=1 RSV=000 opcode=2 (binary), MASK=1 length=3, masking key
            82 fe                         | FIN=1 RSV=000 opcode=2 (binary), MASK=1 length=126
            82                            | FIN=1 RSV=000 opcode=2 (binary)
            00                            | FIN=0 RSV=000 opcode=0 (continuation)
            02                            | FIN=0 RSV=000 opcode=2 (binary)
            ``                            |
            """)
    void everyKindOfFrameHasItsWords(String hex, String labels) {
        List<ExplainedBytes> explained = explain(hex);

        assertCoversAll(explained, Hex.bytes(hex).length);
        assertThat(String.join(
                        ", ", explained.stream().map(ExplainedBytes::label).toList()))
                .isEqualTo(labels == null ? "" : labels);
    }

    @Test
    void aContinuationIsTextIfItContinuesText() {
        assertThat(FrameExplainer.explain(Hex.buffer("80 01 41"), Opcode.TEXT))
                .last()
                .extracting(ExplainedBytes::label)
                .isEqualTo("'A'");
    }

    @Test
    void whatComesAfterTheFrameIsLeftAlone() {
        assertCoversAll(explain("81 01 41 81 01 42"), 3);
    }

    @Test
    void aLongPayloadIsExplainedAtItsStartAndTheRestInOnePiece() {
        List<ExplainedBytes> explained = explain("82 7e 01 00" + "00".repeat(256));

        assertCoversAll(explained, 260);
        assertThat(explained).hasSize(3 + PayloadExplainer.MAX_PIECES + 1);
        assertThat(explained.get(explained.size() - 1).label()).isEqualTo("128 more bytes");
    }

    @Test
    void anyBytesAtAllAreExplainedWithoutAGap() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            List<ExplainedBytes> explained = FrameExplainer.explain(ByteBuffer.wrap(bytes), Opcode.TEXT);
            int covered = explained.stream().mapToInt(ExplainedBytes::length).sum();

            assertCoversAll(explained, covered);
            assertThat(covered).isBetween(Math.min(bytes.length, 2), bytes.length);
        }
    }
}
