package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
    @Test
    void whatCannotTravelCannotBeMade() {
        assertThatThrownBy(() -> new Message.Echo("a\udc00"))
                .hasMessage("text: expected Unicode text, got a lone surrogate at index 1");
        assertThatThrownBy(() -> new Message.Echo("a\ud83d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.Ping(1L << 53)).hasMessageEndingWith(", got 9007199254740992");
        assertThatThrownBy(() -> new Message.Live(true, 60_001)).hasMessage("every: expected 100 to 60000, got 60001");
        assertThatThrownBy(() -> new Message.FilePart("", 0, true, ByteBuffer.allocate(0)))
                .hasMessage("the name's length: expected 1 to 255, got 0");
        assertThatThrownBy(() -> new Message.FilePart("a", -1, true, ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSubprotocolChoosesTheFormatAndNoneMeansJson() {
        assertThat(Format.of("wscratch.v1.cbor")).isEqualTo(Format.CBOR);
        assertThat(Format.of("wscratch.v1.json")).isEqualTo(Format.JSON);
        assertThat(Format.of("")).isEqualTo(Format.JSON);
        assertThat(Format.JSON.outgoing(new Message.Ping(1))).isEqualTo(new OutgoingJson(new Message.Ping(1)));
        assertThat(Format.CBOR.outgoing(new Message.Ping(1))).isEqualTo(new OutgoingCbor(new Message.Ping(1)));
    }

    @Test
    void aFrameOfTheOtherKindIsAProblemThatSaysWhichIsRight() {
        assertThat(Format.CBOR.wrongFrame())
                .isEqualTo(new Problem(
                        Problem.Code.WRONG_FORMAT, "a binary message with one CBOR map (wscratch.v1.cbor)", ""));
    }

    @ParameterizedTest
    @CsvSource({"100, 7864", "500, 7901f4", "501, 7901f5", "4096, 791000", "1000000, 7a000f4240"})
    void aLongTextLeavesInOnePieceInCbor(int length, String head) {
        ByteBuffer cbor = new CborEncoder().encode(new OutgoingCbor(new Message.Echo("a".repeat(length))));
        String start = "a26474797065646563686f6474657874" + head;
        byte[] sent = new byte[cbor.remaining()];
        cbor.get(sent);
        assertThat(HexFormat.of().formatHex(sent)).startsWith(start);
        assertThat(sent).hasSize(start.length() / 2 + length);
    }

    @Test
    void decodersTakeEverythingAndCountItsBytes() {
        assertThat(new JsonDecoder().willDecode("")).isTrue();
        assertThat(new CborDecoder().willDecode(ByteBuffer.allocate(0))).isTrue();
        assertThat(new JsonDecoder().decode("grü").bytes()).isEqualTo(4);
        assertThat(new CborDecoder().decode(ByteBuffer.allocate(5)).bytes()).isEqualTo(5);
    }
}
