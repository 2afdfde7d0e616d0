package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
    private static final String TEXT = "a\u00E9\u20AC\uD83D\uDE00z";

    @Test
    void textThatIsCutAnywhereComesTogetherAgain() {
        byte[] utf8 = TEXT.getBytes(UTF_8);
        for (int cut = 0; cut <= utf8.length; cut++) {
            List<ByteBuffer> parts =
                    List.of(ByteBuffer.wrap(utf8, 0, cut), ByteBuffer.wrap(utf8, cut, utf8.length - cut));
            assertThat(MessageParts.isUtf8(parts)).isTrue();
            List<String> texts = MessageParts.texts(parts);
            assertThat(texts).hasSize(2);
            assertThat(String.join("", texts)).as("cut at " + cut).isEqualTo(TEXT);
        }
    }

    @Test
    void textThatIsCutIntoBytesComesTogetherAgain() {
        List<ByteBuffer> parts = new ArrayList<>();
        for (byte b : TEXT.getBytes(UTF_8)) {
            parts.add(ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(String.join("", MessageParts.texts(parts))).isEqualTo(TEXT);
    }

    @Test
    void halfACharacterAtTheEndIsNoUtf8() {
        assertThat(MessageParts.isUtf8(List.of(ByteBuffer.wrap(new byte[] {(byte) 0xE2, (byte) 0x82}))))
                .isFalse();
    }
}
