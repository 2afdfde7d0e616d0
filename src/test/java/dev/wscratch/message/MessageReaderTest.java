package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.message.Problem.Code;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON, friendly and hostile; what both formats share is told of here. */
class MessageReaderTest {
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"text":"hi","type":"echo"}                                     | Echo[text=hi]
             { "type" : "echo" , "text" : "\\u0068i" , "later": [1,{"a":2}] }| Echo[text=hi]
            {"type":"live","on":true}                                       | Live[on=true, every=1000]
            {"type":"ping","stamp":-0}                                      | Ping[stamp=0]
            {"type":"progress","name":"a","received":0}                     | Progress[name=a, received=0]
            """)
    void orderSpaceUnknownFieldsAndLeftOutDefaultsDoNotMatter(String json, String message) {
        assertThat(MessageReader.json(json))
                .isInstanceOf(Understood.class)
                .hasToString("Understood[message=" + message + "]");
    }

    @Test
    void aFileInOnePartNeedsNoOffsetAndNoLast() {
        assertThat(MessageReader.json("{\"type\":\"file\",\"name\":\"a\",\"data\":\"aGk=\"}"))
                .isEqualTo(new Understood(new Message.FilePart("a", 0, true, ByteBuffer.wrap(new byte[] {'h', 'i'}))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"text":"hi"}                             | MISSING_FIELD     | /type     | text
            {"type":17}                               | WRONG_VALUE       | /type     | text
            {"type":"shout"}                          | UNKNOWN_OPERATION | /type     | one of the operations echo, ping, live and file
            {"type":"echo"}                           | MISSING_FIELD     | /text     | text
            {"type":"echo","text":null}               | WRONG_VALUE       | /text     | text
            {"type":"echo","text":["hi"]}             | WRONG_VALUE       | /text     | text
            {"type":"echo","text":"\\ud800"}          | WRONG_VALUE       | /text     | Unicode text without lone surrogates (RFC 7493 section 2.1)
            {"type":"ping","stamp":"17"}              | WRONG_VALUE       | /stamp    | an integer from -9007199254740991 to 9007199254740991
            {"type":"ping","stamp":17.5}              | WRONG_VALUE       | /stamp    | an integer from -9007199254740991 to 9007199254740991
            {"type":"ping","stamp":1e3}               | WRONG_VALUE       | /stamp    | an integer from -9007199254740991 to 9007199254740991
            {"type":"ping","stamp":9007199254740992}  | WRONG_VALUE       | /stamp    | an integer from -9007199254740991 to 9007199254740991
            {"type":"ping","stamp":18446744073709551616} | WRONG_VALUE    | /stamp    | an integer from -9007199254740991 to 9007199254740991
            {"type":"live"}                           | MISSING_FIELD     | /on       | true or false
            {"type":"live","on":1}                    | WRONG_VALUE       | /on       | true or false
            {"type":"live","on":true,"every":99}      | WRONG_VALUE       | /every    | an integer from 100 to 60000
            {"type":"file","name":"","data":""}       | WRONG_VALUE       | /name     | text of 1 to 255 characters
            {"type":"file","name":"a","data":"%"}     | WRONG_VALUE       | /data     | bytes in base64 (RFC 4648 section 4)
            {"type":"file","name":"a","offset":-1,"data":""} | WRONG_VALUE | /offset  | an integer from 0 to 9007199254740991
            {"type":"file","name":"a","last":0,"data":""} | WRONG_VALUE   | /last     | true or false
            {"type":"result","name":"a","size":1,"sha256":"AB"} | WRONG_VALUE | /sha256 | 64 hex digits in lower case
            {"type":"problem","code":"x","expected":"","at":""} | WRONG_VALUE | /code | a code of wscratch.v1
            """)
    void aFieldThatIsNotAsItMustBeIsNamed(String json, Code code, String at, String expected) {
        assertThat(MessageReader.json(json)).isEqualTo(new Misunderstood(new Problem(code, expected, at)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                          | SYNTAX          | ``
            [1]                         | SYNTAX          | ``
            "echo"                      | SYNTAX          | ``
            null                        | SYNTAX          | ``
            {"type":"ping","stamp":NaN} | SYNTAX          | character 26
            {"type":"ping","stamp":01}  | SYNTAX          | character 24
            {"type":"ping",}            | SYNTAX          | character 15
            {type:"ping"}               | SYNTAX          | character 1
            {'type':'ping'}             | SYNTAX          | character 1
            {"type":"ping"              | SYNTAX          | character 14
            {"type":"ping","stamp":1}{} | SYNTAX          | ``
            {"type":"ping","stamp":1} x | SYNTAX          | character 26
            {"a":{"b":1,"b":2}}         | DUPLICATE_FIELD | character 15
            {"type":"ping","stamp":1,"stamp":2} | DUPLICATE_FIELD | character 32
            """)
    void whatIsNotOneJsonObjectIsAProblemWithItsPlace(String json, Code code, String at) {
        assertThat(problem(json).code()).isEqualTo(code);
        assertThat(problem(json).at()).isEqualTo(at);
    }

    @Test
    void whatIsBeyondABoundIsAProblem() {
        assertThat(problem("{\"a\":".repeat(9)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(problem("[".repeat(MEBIBYTE)).code()).isIn(Code.TOO_LARGE, Code.SYNTAX);
        assertThat(problem("{\"a\":" + "[".repeat(MEBIBYTE)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(problem("{\"a\":[" + "1,".repeat(MEBIBYTE / 2) + "1]}").code())
                .isEqualTo(Code.TOO_LARGE);
        assertThat(problem("{\"a\":" + "9".repeat(MEBIBYTE) + "}").code()).isEqualTo(Code.TOO_LARGE);
        assertThat(problem("{\"" + "a".repeat(MEBIBYTE) + "\":1}").code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void aTextOfTheLargestMessageIsRead() {
        String text = "a".repeat(16 * MEBIBYTE);
        assertThat(MessageReader.json("{\"type\":\"echo\",\"text\":\"" + text + "\"}"))
                .isEqualTo(new Understood(new Message.Echo(text)));
    }

    @Test
    void whateverChanceMakesOfAMessageIsReadAsAValue() {
        Random random = new Random(6);
        List<Golden> golden = Golden.all();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder json = new StringBuilder(golden.get(i % golden.size()).json());
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(json.length());
                switch (random.nextInt(3)) {
                    case 0 -> json.setCharAt(at, "{}[]\",:\\0e-\ud800x".charAt(random.nextInt(13)));
                    case 1 -> json.deleteCharAt(at);
                    default -> json.insert(at, json.substring(at));
                }
            }
            assertThat(MessageReader.json(json.toString())).as(json::toString).isNotNull();
        }
    }

    private static Problem problem(String json) {
        Reading reading = MessageReader.json(json);
        assertThat(reading).isInstanceOf(Misunderstood.class);
        return ((Misunderstood) reading).problem();
    }
}
