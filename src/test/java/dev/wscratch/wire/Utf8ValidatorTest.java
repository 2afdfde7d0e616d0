package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8ValidatorTest {
    private static final String[] ENDINGS = {
        "", "80", "8f", "90", "9f", "a0", "bf", "80 80", "90 80", "a0 80", "8f 80", "90 80 80", "80 80 80"
    };

    /** The JDK decides: a prefix is fine if some ending makes it whole. */
    private static boolean canGoOn(byte[] bytes, int length) {
        for (String ending : ENDINGS) {
            byte[] end = Hex.bytes(ending);
            byte[] whole = Arrays.copyOf(bytes, length + end.length);
            System.arraycopy(end, 0, whole, length, end.length);
            if (isUtf8(whole)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false; // that is the answer
        }
    }

    private static int guiltyByJdk(byte[] bytes) {
        for (int length = 1; length <= bytes.length; length++) {
            if (!canGoOn(bytes, length)) {
                return length - 1;
            }
        }
        return Utf8Validator.VALID;
    }

    private static int bytewise(byte[] bytes, Utf8Validator validator) {
        for (int i = 0; i < bytes.length; i++) {
            if (validator.validate(ByteBuffer.wrap(bytes), i, i + 1) != Utf8Validator.VALID) {
                return i;
            }
        }
        return Utf8Validator.VALID;
    }

    private static void assertAgrees(byte[] bytes, int expected, boolean complete) {
        Utf8Validator heap = new Utf8Validator();
        Utf8Validator direct = new Utf8Validator();
        Utf8Validator cut = new Utf8Validator();
        ByteBuffer offHeap = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        assertThat(heap.validate(ByteBuffer.wrap(bytes), 0, bytes.length)).isEqualTo(expected);
        assertThat(direct.validate(offHeap, 0, bytes.length)).isEqualTo(expected);
        assertThat(bytewise(bytes, cut)).isEqualTo(expected);
        if (expected == Utf8Validator.VALID) {
            assertThat(heap.isComplete()).isEqualTo(complete);
            assertThat(direct.isComplete()).isEqualTo(complete);
            assertThat(cut.isComplete()).isEqualTo(complete);
        }
    }

    /** The known hard cases; -1 is "nothing wrong". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            41 00 7f                | -1 | true
            c2 80 df bf             | -1 | true
            e0 a0 80 ef bf bf       | -1 | true
            ed 9f bf ee 80 80       | -1 | true
            f0 90 80 80 f4 8f bf bf | -1 | true
            c2                      | -1 | false
            e2 82                   | -1 | false
            f0 9f 98                | -1 | false
            80                      | 0  | false
            bf                      | 0  | false
            c0 80                   | 0  | false
            c1 bf                   | 0  | false
            e0 9f bf                | 1  | false
            f0 8f bf bf             | 1  | false
            ed a0 80                | 1  | false
            ed bf bf                | 1  | false
            f4 90 80 80             | 1  | false
            f5 80 80 80             | 0  | false
            f8 88 80 80 80          | 0  | false
            fe                      | 0  | false
            ff                      | 0  | false
            41 c2 41                | 2  | false
            e2 28 a1                | 1  | false
            e2 82 28                | 2  | false
            f0 9f 98 c2             | 3  | false
            41 41 41 41 41 41 41 41 41 ff | 9 | false
            41 41 41 41 41 41 41 ff 41 41 | 7 | false
            """)
    void theHardCases(String hex, int guilty, boolean complete) {
        assertAgrees(Hex.bytes(hex), guilty, complete);
        assertThat(guiltyByJdk(Hex.bytes(hex))).isEqualTo(guilty);
    }

    @Test
    void randomBytesAreJudgedAsTheJdkJudgesThem() {
        Random random = new Random(2);
        byte[] likely = Hex.bytes("41 7f 80 8f 90 9f a0 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 ff");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(3) == 0 ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(128);
            }
            assertAgrees(bytes, guiltyByJdk(bytes), isUtf8(bytes));
        }
    }

    @Test
    void everyCharacterPassesAndMayBeCutAnywhere() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            assertAgrees(bytes, Utf8Validator.VALID, true);
        }
    }

    @Test
    void resetForgetsAHalfCharacter() {
        Utf8Validator validator = new Utf8Validator();
        validator.validate(Hex.buffer("e2"), 0, 1);

        validator.reset();

        assertThat(validator.isComplete()).isTrue();
        assertThat(validator.validate(Hex.buffer("41"), 0, 1)).isEqualTo(Utf8Validator.VALID);
    }
}
