package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSerialiserTest {
    private static final ByteBuffer HELLO =
            StandardCharsets.UTF_8.encode("Hello").asReadOnlyBuffer();

    /** RFC 6455 section 5.7. */
    @Test
    void theExamplesOfTheRfcAreWrittenByteForByte() {
        assertThat(Hex.of(FrameSerialiser.frame(FrameHeader.unmasked(Opcode.TEXT, 5), HELLO)))
                .isEqualTo("81 05 48 65 6c 6c 6f");
        assertThat(Hex.of(FrameSerialiser.frame(FrameHeader.masked(Opcode.TEXT, 5, 0x37fa213d), HELLO)))
                .isEqualTo("81 85 37 fa 21 3d 7f 9f 4d 51 58");
        assertThat(Hex.of(FrameSerialiser.ping(HELLO))).isEqualTo("89 05 48 65 6c 6c 6f");
        assertThat(Hex.of(FrameSerialiser.pong(HELLO))).isEqualTo("8a 05 48 65 6c 6c 6f");
        assertThat(HELLO.remaining()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "0,82 00,82 80 01 02 03 04",
        "125,82 7d,82 fd 01 02 03 04",
        "126,82 7e 00 7e,82 fe 00 7e 01 02 03 04",
        "256,82 7e 01 00,82 fe 01 00 01 02 03 04",
        "65535,82 7e ff ff,82 fe ff ff 01 02 03 04",
        "65536,82 7f 00 00 00 00 00 01 00 00,82 ff 00 00 00 00 00 01 00 00 01 02 03 04",
        "9223372036854775807,82 7f 7f ff ff ff ff ff ff ff,82 ff 7f ff ff ff ff ff ff ff 01 02 03 04"
    })
    void theLengthTakesItsShortestForm(long length, String unmasked, String masked) {
        ByteBuffer plain = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer keyed = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer ofValue = ByteBuffer.allocate(FrameSerialiser.MAX_HEADER_LENGTH);

        FrameSerialiser.writeHeader(plain, true, false, Opcode.BINARY, length);
        FrameSerialiser.writeMaskedHeader(keyed, true, false, Opcode.BINARY, length, 0x01020304);
        FrameSerialiser.writeHeader(ofValue, FrameHeader.masked(Opcode.BINARY, length, 0x01020304));

        assertThat(Hex.of(plain.flip())).isEqualTo(unmasked);
        assertThat(Hex.of(keyed.flip())).isEqualTo(masked);
        assertThat(Hex.of(ofValue.flip())).isEqualTo(masked);
        assertThat(FrameSerialiser.headerLength(length, false)).isEqualTo(plain.limit());
        assertThat(FrameSerialiser.headerLength(length, true)).isEqualTo(keyed.limit());
    }

    @Test
    void theFirstByteHoldsFinTheReservedBitsAndTheOpcode() {
        ByteBuffer out = ByteBuffer.allocate(20);

        FrameSerialiser.writeHeader(out, false, true, Opcode.TEXT, 0);
        FrameSerialiser.writeMaskedHeader(out, false, true, Opcode.TEXT, 0, 0);
        FrameSerialiser.writeHeader(out, new FrameHeader(true, false, true, false, Opcode.PONG, false, 0, 0));
        FrameSerialiser.writeHeader(out, new FrameHeader(false, true, false, true, Opcode.BINARY, false, 0, 0));

        assertThat(Hex.of(out.flip())).isEqualTo("41 00 41 80 00 00 00 00 aa 00 52 00");
    }

    @Test
    void aCloseFrameIsWrittenForEitherRole() {
        CloseReason reason = new CloseReason(CloseCode.NORMAL_CLOSURE, "ok");

        assertThat(Hex.of(FrameSerialiser.close(reason))).isEqualTo("88 04 03 e8 6f 6b");
        assertThat(Hex.of(FrameSerialiser.maskedClose(reason, 0x01020304))).isEqualTo("88 84 01 02 03 04 02 ea 6c 6f");
        assertThat(Hex.of(FrameSerialiser.close(CloseReason.NONE))).isEqualTo("88 00");
    }

    @Test
    void aControlFrameOver125BytesIsNotWritten() {
        assertThatThrownBy(() -> FrameSerialiser.ping(ByteBuffer.allocate(126))).hasMessageContaining("125");
    }

    @Test
    void aHeaderThatContradictsThePayloadIsNotWritten() {
        assertThatThrownBy(() -> FrameSerialiser.frame(FrameHeader.unmasked(Opcode.TEXT, 4), HELLO))
                .hasMessageContaining("announces 4")
                .hasMessageContaining("has 5");
    }

    @Test
    void aHeaderThatCannotBeIsNoValue() {
        assertThatThrownBy(() -> FrameHeader.unmasked(Opcode.TEXT, -1)).hasMessageContaining("2^63");
        assertThatThrownBy(() -> new FrameHeader(true, false, false, false, Opcode.TEXT, false, 7, 0))
                .hasMessageContaining("no masking key");
    }

    @Test
    void limitsThatLetNothingPassAreRefused() {
        assertThatThrownBy(() -> new FrameLimits(0, 1)).hasMessageContaining("maxMessage");
        assertThatThrownBy(() -> new FrameLimits(1, 0)).hasMessageContaining("maxFragments");
        assertThat(FrameLimits.DEFAULT.withMaxMessage(5)).isEqualTo(new FrameLimits(5, 16_384));
    }

    @Test
    void aRoleKnowsItsPeerAndItsMask() {
        assertThat(Role.CLIENT.peer()).isEqualTo(Role.SERVER);
        assertThat(Role.SERVER.peer()).isEqualTo(Role.CLIENT);
        assertThat(Role.CLIENT.masksItsFrames()).isTrue();
        assertThat(Role.SERVER.masksItsFrames()).isFalse();
    }
}
