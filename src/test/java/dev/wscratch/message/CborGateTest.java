package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.message.Problem.Code;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CBOR, friendly and hostile. */
class CborGateTest {
    /** {"type":"ping","stamp": …} without the value, in hex. */
    private static final String PING = "a2 64 74797065 64 70696e67 65 7374616d70 ";

    /** {"type":"echo","text": …} without the value, in hex. */
    private static final String ECHO = "a2 64 74797065 64 6563686f 64 74657874 ";

    @ParameterizedTest
    @CsvSource({
        PING + "11, Ping[stamp=17]",
        PING + "18 11, Ping[stamp=17]",
        PING + "1b 00 00 00 00 00 00 00 11, Ping[stamp=17]",
        PING + "30, Ping[stamp=-17]",
        "bf 64 74797065 64 70696e67 65 7374616d70 11 ff, Ping[stamp=17]",
        "a3 61 78 9f 01 02 ff 64 74797065 64 70696e67 65 7374616d70 11, Ping[stamp=17]",
        "a3 61 78 fb 3ff8000000000000 64 74797065 64 70696e67 65 7374616d70 11, Ping[stamp=17]",
        ECHO + "7f 61 68 61 69 ff, Echo[text=hi]",
        ECHO + "7f ff, Echo[text=]",
        ECHO + "64 f09f9982, Echo[text=🙂]"
    })
    void everyWayToWriteTheSameIsRead(String hex, String message) {
        assertThat(read(hex)).isInstanceOf(Understood.class).hasToString("Understood[message=" + message + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                             | one CBOR map                                       | byte 0
            80                             | one CBOR map                                       | byte 0
            a0 00                          | one CBOR map and nothing after it                  | byte 1
            a1 61 61                       | more: the message ends too early                   | byte 3
            a1 61 61 19 01                 | more: the message ends too early                   | byte 5
            bf 61 61 01                    | more: the message ends too early                   | byte 4
            a1 61 61 62 c3 28              | UTF-8 (RFC 3629)                                   | byte 5
            a1 61 61 62 c0 80              | UTF-8 (RFC 3629)                                   | byte 4
            a1 61 61 63 ed a0 80           | UTF-8 (RFC 3629)                                   | byte 5
            a1 61 61 64 f5 80 80 80        | UTF-8 (RFC 3629)                                   | byte 4
            a1 61 61 61 c3                 | UTF-8 (RFC 3629)                                   | byte 5
            a1 62 c3 28 01                 | UTF-8 (RFC 3629)                                   | byte 3
            a1 61 61 7f 61 c3 61 a9 ff     | UTF-8 (RFC 3629)                                   | byte 6
            a1 61 61 7f 7f 61 61 ff ff     | a piece of the same kind of string, with its length | byte 4
            a1 61 61 7f 41 61 ff           | a piece of the same kind of string, with its length | byte 4
            a1 61 61 f9 7e 00              | false, true, null or a number                      | byte 3
            a1 61 61 fa 7f c0 00 00        | false, true, null or a number                      | byte 3
            a1 61 61 fb 7f f8 00 00 00 00 00 00 | false, true, null or a number                 | byte 3
            a1 61 61 fb ff f0 00 00 00 00 00 00 | false, true, null or a number                 | byte 3
            a1 61 61 f7                    | false, true, null or a number                      | byte 3
            a1 61 61 f8 20                 | false, true, null or a number                      | byte 3
            a1 61 61 ff                    | a length                                           | byte 3
            a1 61 61 1c                    | an argument of 0 to 8 bytes                        | byte 3
            a1 61 61 1f                    | a length                                           | byte 3
            a1 61 61 c2 41 01              | no tag                                             | byte 3
            a1 61 61 d8 19 00              | no tag                                             | byte 3
            d9 d9 f7 a0                    | one CBOR map                                       | byte 0
            a1 01 02                       | a name, which is text                              | byte 1
            a1 41 61 02                    | a name, which is text                              | byte 1
            a1 7f 61 61 ff 02              | a name, which is text                              | byte 1
            a1 61 61 5a 7f ff ff ff        | a length that the message has room for             | byte 3
            a1 61 61 5b 7f ff ff ff ff ff ff ff | a length that the message has room for        | byte 3
            a1 61 61 7b ff ff ff ff ff ff ff ff | a length that the message has room for        | byte 3
            a1 61 61 9b 00 00 00 7f ff ff ff ff | a length that the message has room for        | byte 3
            bb 7f ff ff ff ff ff ff ff     | a length that the message has room for             | byte 0
            """)
    void whatIsNotOneProperMapIsAProblemWithItsByte(String hex, String expected, String at) {
        assertThat(read(hex)).isEqualTo(new Misunderstood(new Problem(Code.SYNTAX, expected, at)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a2 64 74797065 64 70696e67 64 74797065 64 70696e67 | DUPLICATE_FIELD
            a1 64 74797065 44 70696e67                         | WRONG_VALUE
            a1 64 74797065 64 7368 6f75                        | UNKNOWN_OPERATION
            """)
    void aFieldThatIsNotAsItMustBeIsNamed(String hex, Code code) {
        assertThat(problem(HexFormat.of().parseHex(hex.replace(" ", ""))).code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({PING + "1b ffffffffffffffff", PING + "3b ffffffffffffffff", PING + "fb 4031000000000000", PING + "f6"})
    void aNumberThatIsNoIntegerOf53BitsIsAProblem(String hex) {
        assertThat(read(hex)).isInstanceOfSatisfying(Misunderstood.class, misunderstood -> {
            assertThat(misunderstood.problem().code()).isEqualTo(Code.WRONG_VALUE);
            assertThat(misunderstood.problem().at()).isEqualTo("/stamp");
        });
    }

    @Test
    void whatIsBeyondABoundIsAProblem() {
        for (int open : List.of(0x81, 0x9F, 0xA1, 0xBF)) {
            byte[] bomb = new byte[1 << 20];
            Arrays.fill(bomb, (byte) open);
            bomb[0] = (byte) 0xA1;
            bomb[1] = 0x60;
            assertThat(problem(bomb).code()).isIn(Code.TOO_LARGE, Code.SYNTAX);
        }
        byte[] wide = new byte[1 << 20];
        wide[0] = (byte) 0xA1;
        wide[1] = 0x60;
        wide[2] = (byte) 0x9F;
        assertThat(problem(wide).code()).isEqualTo(Code.TOO_LARGE);
        byte[] pieces = new byte[1 << 20];
        Arrays.fill(pieces, (byte) 0x60);
        pieces[0] = (byte) 0xA1;
        pieces[2] = 0x7F;
        assertThat(problem(pieces).code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void whateverChanceMakesOfAMessageIsReadAsAValue() {
        Random random = new Random(6);
        List<byte[]> seeds = Golden.all().stream()
                .map(golden -> HexFormat.of().parseHex(golden.cbor()))
                .toList();
        for (int i = 0; i < 50_000; i++) {
            byte[] seed = seeds.get(i % seeds.size());
            byte[] bytes = Arrays.copyOf(seed, seed.length - random.nextInt(3) + random.nextInt(3));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(MessageReader.cbor(bytes))
                    .as(() -> HexFormat.of().formatHex(bytes))
                    .isNotNull();
        }
    }

    private static Reading read(String hex) {
        return MessageReader.cbor(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Problem problem(byte[] bytes) {
        Reading reading = MessageReader.cbor(bytes);
        assertThat(reading).isInstanceOf(Misunderstood.class);
        return ((Misunderstood) reading).problem();
    }
}
