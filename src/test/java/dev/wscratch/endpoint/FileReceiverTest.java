package dev.wscratch.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.message.Message.FilePart;
import dev.wscratch.message.Message.Progress;
import dev.wscratch.message.Message.Reply;
import dev.wscratch.message.Message.Result;
import dev.wscratch.message.Problem;
import dev.wscratch.message.Problem.Code;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileReceiverTest {
    private final FileReceiver file = new FileReceiver(10);

    @Test
    void aFileInOnePartIsAnsweredByItsProgressAndItsResult() {
        assertThat(accept("a.txt", 0, true, "abc"))
                .containsExactly(
                        new Progress("a.txt", 3),
                        new Result(
                                "a.txt",
                                3,
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                OptionalLong.of(1)));
    }

    @Test
    void partsAreAcknowledgedAndGiveTheSameResultAsTheWhole() {
        assertThat(accept("a.txt", 0, false, "a")).containsExactly(new Progress("a.txt", 1));
        assertThat(accept("a.txt", 1, false, "")).containsExactly(new Progress("a.txt", 1));
        List<Reply> end = accept("a.txt", 1, true, "bc");
        assertThat(end).isEqualTo(new FileReceiver(10).accept(part("a.txt", 0, true, "abc")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''      | 0
            a       | 1
            a^      | 1
            a^b     | 2
            ^^      | 2
            a~^b~^  | 2
            ü^🙂    | 2
            """)
    void linesAreCountedAsAPersonCountsThem(String text, long lines) {
        assertThat(result(text.replace('^', '\n').replace('~', '\r').getBytes(UTF_8))
                        .lines())
                .hasValue(lines);
    }

    @Test
    void whatIsNotTextHasNoLines() {
        assertThat(result(new byte[] {'a', 0, 'b'}).lines()).isEmpty();
        assertThat(result(new byte[] {'a', (byte) 0xFF}).lines()).isEmpty();
        assertThat(result(new byte[] {'a', (byte) 0xC3}).lines()).isEmpty();
    }

    @Test
    void aCharacterMayBeCutBetweenParts() {
        byte[] text = "ü\n".getBytes(UTF_8);
        file.accept(new FilePart("a", 0, false, ByteBuffer.wrap(text, 0, 1)));
        assertThat(((Result) file.accept(new FilePart("a", 1, true, ByteBuffer.wrap(text, 1, 2)))
                                .get(1))
                        .lines())
                .hasValue(1);
    }

    @Test
    void aPartOutOfOrderIsAProblemAndTheFileGoesOn() {
        assertThat(accept("a", 3, true, "x"))
                .containsExactly(new Problem(Code.WRONG_VALUE, "0, which begins a file", "/offset"));
        accept("a", 0, false, "abc");
        String expected = "3 of \"a\", or 0, which begins a file";
        assertThat(accept("a", 2, false, "x")).containsExactly(new Problem(Code.WRONG_VALUE, expected, "/offset"));
        assertThat(accept("b", 3, false, "x")).containsExactly(new Problem(Code.WRONG_VALUE, expected, "/offset"));
        assertThat(accept("a", 3, false, "x")).containsExactly(new Progress("a", 4));
    }

    @Test
    void offsetZeroBeginsAnew() {
        accept("a", 0, false, "abc");
        assertThat(accept("b", 0, false, "x")).containsExactly(new Progress("b", 1));
    }

    @Test
    void aFileOfTheLargestSizeIsTakenAndALargerOneIsNot() {
        accept("a", 0, false, "1234567890");
        assertThat(accept("a", 10, true, "")).hasSize(2);
        accept("a", 0, false, "1234567890");
        assertThat(accept("a", 10, true, "x"))
                .containsExactly(new Problem(Code.TOO_LARGE, "a file of at most 10 bytes", "/data"));
        assertThat(accept("a", 10, true, ""))
                .containsExactly(new Problem(Code.WRONG_VALUE, "0, which begins a file", "/offset"));
    }

    private static FilePart part(String name, long offset, boolean last, String data) {
        return new FilePart(name, offset, last, ByteBuffer.wrap(data.getBytes(UTF_8)));
    }

    private List<Reply> accept(String name, long offset, boolean last, String data) {
        return file.accept(part(name, offset, last, data));
    }

    private static Result result(byte[] bytes) {
        return (Result) new FileReceiver(100)
                .accept(new FilePart("a", 0, true, ByteBuffer.wrap(bytes)))
                .get(1);
    }
}
