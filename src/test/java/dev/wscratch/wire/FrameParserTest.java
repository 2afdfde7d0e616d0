package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.FrameParser.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser tells of right frames; {@link FrameRuleTest} has the wrong ones. */
class FrameParserTest {
    private static FrameParser server() {
        return new FrameParser(Role.SERVER, false, FrameLimits.DEFAULT);
    }

    private static FrameParser client() {
        return new FrameParser(Role.CLIENT, false, FrameLimits.DEFAULT);
    }

    /** RFC 6455 section 5.7, one example a row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CLIENT | 81 05 48 65 6c 6c 6f                   | text fin starts ends text @0 2+5 "Hello"
            SERVER | 81 85 37 fa 21 3d 7f 9f 4d 51 58       | text fin masked starts ends text @0 6+5 "Hello"
            CLIENT | 01 03 48 65 6c                         | text starts text @0 2+3 "Hel"
            CLIENT | 89 05 48 65 6c 6c 6f                   | ping fin ping @0 2+5 48656c6c6f
            SERVER | 8a 85 37 fa 21 3d 7f 9f 4d 51 58       | pong fin masked pong @0 6+5 48656c6c6f
            SERVER | 89 80 00 00 00 00                      | ping fin masked ping @0 6+0 ''
            """)
    void theExamplesOfTheRfcAreReadInOnePieceAndByteByByte(Role receiver, String hex, String frame) {
        FrameParser whole = new FrameParser(receiver, false, FrameLimits.DEFAULT);
        FrameParser bytewise = new FrameParser(receiver, false, FrameLimits.DEFAULT);

        assertThat(FrameTrace.whole(whole, Hex.bytes(hex)).frames).containsExactly(frame.replace("''", ""));
        assertThat(FrameTrace.byteByByte(bytewise, Hex.bytes(hex)).frames).containsExactly(frame.replace("''", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "256,82 7e 01 00,4",
        "65536,82 7f 00 00 00 00 00 01 00 00,10",
        "126,82 7e 00 7e,4",
        "65535,82 7e ff ff,4"
    })
    void theLengthIsReadInEachOfItsForms(int length, String header, int headerLength) {
        FrameParser parser = client();
        ByteBuffer in = ByteBuffer.allocate(headerLength + length)
                .put(Hex.bytes(header))
                .rewind();

        assertThat(parser.next(in)).isEqualTo(Step.HEADER);
        assertThat(parser.payloadLength()).isEqualTo(length);
        assertThat(parser.headerLength()).isEqualTo(headerLength);
        assertThat(parser.header()).isEqualTo(FrameHeader.unmasked(Opcode.BINARY, length));
        assertThat(parser.next(in)).isEqualTo(Step.PAYLOAD);
        assertThat(parser.payloadTo() - parser.payloadFrom()).isEqualTo(length);
        assertThat(parser.next(in)).isEqualTo(Step.FRAME_END);
        assertThat(parser.next(in)).isEqualTo(Step.NEED_INPUT);
    }

    @Test
    void fragmentsSayWhereTheyStandAndControlFramesMayComeBetween() {
        FrameTrace trace = FrameTrace.whole(client(), Hex.bytes("01 03 48 65 6c  89 00  00 00  80 02 6c 6f  82 01 ff"));

        assertThat(trace.frames)
                .containsExactly(
                        "text starts text @0 2+3 \"Hel\"",
                        "ping fin ping @5 2+0 ",
                        "continuation text @7 2+0 \"\"",
                        "continuation fin ends text @9 2+2 \"lo\"",
                        "binary fin starts ends binary @13 2+1 ff");
        assertThat(trace.last).isEqualTo(Step.NEED_INPUT);
    }

    @Test
    void theProgressOfAMessageIsToldAtEachHeader() {
        FrameParser parser = client();
        ByteBuffer in = Hex.buffer("01 03 48 65 6c  80 02 6c 6f");

        assertThat(parser.isMidMessage()).isFalse();
        parser.next(in);
        assertThat(parser.messageLength()).isEqualTo(3);
        assertThat(parser.fragments()).isEqualTo(1);
        parser.next(in);
        parser.next(in);
        assertThat(parser.isMidMessage()).isTrue();
        assertThat(parser.isMidFrame()).isFalse();
        parser.next(in);
        assertThat(parser.messageLength()).isEqualTo(5);
        assertThat(parser.fragments()).isEqualTo(2);
        assertThat(parser.isMidFrame()).isTrue();
    }

    @Test
    void aHalfHeaderIsMidFrame() {
        FrameParser parser = client();

        assertThat(parser.next(Hex.buffer(""))).isEqualTo(Step.NEED_INPUT);
        assertThat(parser.isMidFrame()).isFalse();
        assertThat(parser.next(Hex.buffer("82"))).isEqualTo(Step.NEED_INPUT);
        assertThat(parser.isMidFrame()).isTrue();
        assertThat(parser.next(Hex.buffer("02"))).isEqualTo(Step.HEADER);
        assertThat(parser.next(Hex.buffer(""))).isEqualTo(Step.NEED_INPUT);
        assertThat(parser.isMidFrame()).isTrue();
    }

    @Test
    void payloadIsUnmaskedInTheCallersBufferAcrossCuts() {
        FrameParser parser = server();
        ByteBuffer first = Hex.buffer("81 85 37 fa 21 3d 7f 9f 4d");
        ByteBuffer second = Hex.buffer("51 58");

        assertThat(parser.next(first)).isEqualTo(Step.HEADER);
        assertThat(parser.next(first)).isEqualTo(Step.PAYLOAD);
        assertThat(StandardCharsets.UTF_8.decode(parser.payload()).toString()).isEqualTo("Hel");
        assertThat(parser.next(first)).isEqualTo(Step.NEED_INPUT);
        assertThat(parser.next(second)).isEqualTo(Step.PAYLOAD);
        assertThat(Hex.of(second.rewind())).isEqualTo("6c 6f");
        assertThat(parser.maskingKey()).isEqualTo(0x37fa213d);
    }

    @Test
    void aBufferInLittleEndianOrderAndADirectOneAreReadAlike() {
        byte[] bytes = Hex.bytes("82 fe 00 7e 01 02 03 04" + "00".repeat(126));
        ByteBuffer little = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        FrameTrace ofLittle = new FrameTrace(server()).feed(little);
        FrameTrace ofDirect = new FrameTrace(server()).feed(direct);

        assertThat(ofLittle.frames).hasSize(1).first().asString().contains("@0 8+126 #");
        assertThat(ofDirect.frames).isEqualTo(ofLittle.frames);
    }

    @Test
    void nothingAfterACloseFrameIsRead() {
        FrameParser parser = client();
        ByteBuffer in = Hex.buffer("88 06 03 e9 62 79 65 21  81 01 41");

        FrameTrace trace = new FrameTrace(parser).feed(in);

        assertThat(trace.closed).isEqualTo(new CloseReason(CloseCode.GOING_AWAY, "bye!"));
        assertThat(in.remaining()).isEqualTo(3);
        assertThat(parser.next(in)).isEqualTo(Step.CLOSED);
        assertThat(parser.isMidFrame()).isFalse();
        assertThat(in.remaining()).isEqualTo(3);
    }

    @Test
    void anEmptyCloseFrameMeansNoStatus() {
        assertThat(FrameTrace.whole(client(), Hex.bytes("88 00")).closed).isEqualTo(CloseReason.NONE);
    }

    @Test
    void aCloseFrameMayComeInTheMiddleOfATextsCharacter() {
        FrameTrace trace = FrameTrace.byteByByte(client(), Hex.bytes("01 01 e2  88 05 03 e8 e2 82 ac"));

        assertThat(trace.closed).isEqualTo(new CloseReason(CloseCode.NORMAL_CLOSURE, "€"));
    }

    @Test
    void aCompressedTextIsNotCheckedAndTheNextOneIs() {
        FrameParser parser = new FrameParser(Role.CLIENT, true, FrameLimits.DEFAULT);

        FrameTrace trace = FrameTrace.whole(parser, Hex.bytes("41 01 ff  80 01 fe  c1 01 fe  81 01 ff"));

        assertThat(trace.frames).hasSize(3);
        assertThat(trace.broken().rule()).isEqualTo(FrameRule.TEXT_NOT_UTF8);
        assertThat(trace.broken().offset()).isEqualTo(11);
    }

    @Test
    void aControlFrameInsideACompressedMessageIsNotCompressed() {
        FrameParser parser = new FrameParser(Role.CLIENT, true, FrameLimits.DEFAULT);
        ByteBuffer in = Hex.buffer("41 00 89 00 80 00 82 00");

        assertThat(parser.next(in)).isEqualTo(Step.HEADER);
        assertThat(parser.messageCompressed()).isTrue();
        assertThat(parser.next(in)).isEqualTo(Step.FRAME_END);
        assertThat(parser.next(in)).isEqualTo(Step.HEADER);
        assertThat(parser.messageCompressed()).isFalse();
        parser.next(in);
        parser.next(in);
        assertThat(parser.messageCompressed()).isTrue();
        parser.next(in);
        parser.next(in);
        assertThat(parser.messageCompressed()).isFalse();
    }

    @Test
    void whatIsNotThereYetIsRefusedWithWords() {
        FrameParser parser = client();

        assertThatThrownBy(parser::payload).hasMessageContaining("PAYLOAD");
        assertThatThrownBy(parser::violation).hasMessageContaining("VIOLATION");
        assertThatThrownBy(parser::closeReason).hasMessageContaining("Close");
    }

    @Test
    void aMessageOfExactlyTheLimitPasses() {
        FrameParser parser = new FrameParser(Role.CLIENT, false, new FrameLimits(5, 2));

        assertThat(FrameTrace.whole(parser, Hex.bytes("02 03 01 02 03  80 02 04 05  82 05 01 02 03 04 05")).frames)
                .hasSize(3);
    }
}
