package dev.wscratch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Zlib;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 125, 126, 4_096, 65_535})
    void aTextHasItsLengthInBytesAndIsUtf8(int length) {
        Message message = Message.text(length);
        assertThat(message.opcode()).isEqualTo(RawPeer.TEXT);
        assertThat(new String(message.payload(), UTF_8).getBytes(UTF_8))
                .hasSize(length)
                .isEqualTo(message.payload());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 65_536})
    void whatZlibDeflatesItInflatesWhateverCameBefore(int length) throws DataFormatException {
        Message message = Message.binary(length, new Random(length));
        try (Zlib zlib = new Zlib(true, Deflater.BEST_SPEED)) {
            for (int round = 0; round < 3; round++) {
                assertThat(zlib.inflate(zlib.deflate(message.payload()))).isEqualTo(message.payload());
            }
        }
    }

    @Test
    void aMessageEqualsOnlyItsOwnTypeAndBytes() {
        Message message = Message.text(3);
        assertThat(message.equalTo(RawPeer.TEXT, message.payload().clone())).isTrue();
        assertThat(message.equalTo(RawPeer.BINARY, message.payload())).isFalse();
        assertThat(message.equalTo(RawPeer.TEXT, new byte[3])).isFalse();
    }
}
