package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.FrameParser.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule broken at least once, with its code and the guilty byte; the bytes up to it break nothing. */
class FrameRuleTest {
    /** 300 bytes a message, 3 fragments. */
    private static final FrameLimits LIMITS = new FrameLimits(300, 3);

    private static final FrameLimits WIDE = new FrameLimits(Long.MAX_VALUE, 3);

    /** Receiver, bytes, the rule they break, close code, offset in the stream, offset of the frame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CLIENT | c1 00                          | RESERVED_BIT_SET             | 1002 | 0 | 0
            CLIENT | a1 00                          | RESERVED_BIT_SET             | 1002 | 0 | 0
            CLIENT | 91 00                          | RESERVED_BIT_SET             | 1002 | 0 | 0
            CLIENT | 81 00 83 00                    | RESERVED_OPCODE              | 1002 | 2 | 2
            CLIENT | 87 00                          | RESERVED_OPCODE              | 1002 | 0 | 0
            CLIENT | 8b 00                          | RESERVED_OPCODE              | 1002 | 0 | 0
            CLIENT | 8f 00                          | RESERVED_OPCODE              | 1002 | 0 | 0
            CLIENT | 09 00                          | CONTROL_FRAME_FRAGMENTED     | 1002 | 0 | 0
            CLIENT | 08 00                          | CONTROL_FRAME_FRAGMENTED     | 1002 | 0 | 0
            CLIENT | 89 7e 00 7e                    | CONTROL_FRAME_TOO_LONG       | 1002 | 1 | 0
            CLIENT | 8a 7f                          | CONTROL_FRAME_TOO_LONG       | 1002 | 1 | 0
            CLIENT | 80 00                          | CONTINUATION_WITHOUT_MESSAGE | 1002 | 0 | 0
            CLIENT | 81 00 00 00                    | CONTINUATION_WITHOUT_MESSAGE | 1002 | 2 | 2
            CLIENT | 01 00 81 00                    | MESSAGE_INTERRUPTED          | 1002 | 2 | 2
            CLIENT | 02 00 00 00 82 00              | MESSAGE_INTERRUPTED          | 1002 | 4 | 4
            CLIENT | 02 00 00 00 00 00 00 00        | TOO_MANY_FRAGMENTS           | 1008 | 6 | 6
            SERVER | 81 00                          | MASK_MISSING                 | 1002 | 1 | 0
            CLIENT | 81 80 00 00 00 00              | MASK_FORBIDDEN               | 1002 | 1 | 0
            CLIENT | 82 7e 00 7d                    | LENGTH_NOT_MINIMAL           | 1002 | 3 | 0
            CLIENT | 82 7f 00 00 00 00 00 00 ff ff  | LENGTH_NOT_MINIMAL           | 1002 | 7 | 0
            CLIENT | 82 7f 80 00 00 00 00 00 00 00  | LENGTH_HIGH_BIT_SET          | 1002 | 2 | 0
            CLIENT | 82 7e 01 2d                    | MESSAGE_TOO_BIG              | 1009 | 3 | 0
            CLIENT | 82 7e 02 00                    | MESSAGE_TOO_BIG              | 1009 | 2 | 0
            CLIENT | 82 7f 00 00 00 01 00 00 00 00  | MESSAGE_TOO_BIG              | 1009 | 5 | 0
            CLIENT | 82 7f 00 00 00 00 00 01 00 00  | MESSAGE_TOO_BIG              | 1009 | 7 | 0
            CLIENT | 81 01 c0                       | TEXT_NOT_UTF8                | 1007 | 2 | 0
            CLIENT | 81 04 41 e2 82 41              | TEXT_NOT_UTF8                | 1007 | 5 | 0
            CLIENT | 01 02 41 e2 80 01 28           | TEXT_NOT_UTF8                | 1007 | 6 | 4
            CLIENT | 81 02 41 e2                    | TEXT_NOT_UTF8                | 1007 | 4 | 0
            CLIENT | 01 01 e2 80 00                 | TEXT_NOT_UTF8                | 1007 | 5 | 3
            SERVER | 81 82 01 02 03 04 40 fd        | TEXT_NOT_UTF8                | 1007 | 7 | 0
            CLIENT | 88 01                          | CLOSE_PAYLOAD_OF_ONE_BYTE    | 1002 | 1 | 0
            CLIENT | 88 02 00 00                    | CLOSE_CODE_INVALID           | 1002 | 2 | 0
            CLIENT | 88 02 03 e7                    | CLOSE_CODE_INVALID           | 1002 | 3 | 0
            CLIENT | 88 02 03 ed                    | CLOSE_CODE_INVALID           | 1002 | 3 | 0
            CLIENT | 88 02 03 f7                    | CLOSE_CODE_INVALID           | 1002 | 3 | 0
            CLIENT | 88 02 07 d0                    | CLOSE_CODE_INVALID           | 1002 | 2 | 0
            CLIENT | 88 02 13 88                    | CLOSE_CODE_INVALID           | 1002 | 3 | 0
            CLIENT | 88 02 ff ff                    | CLOSE_CODE_INVALID           | 1002 | 2 | 0
            CLIENT | 88 04 03 e8 41 ff              | CLOSE_REASON_NOT_UTF8        | 1007 | 5 | 0
            CLIENT | 88 04 03 e8 e2 82              | CLOSE_REASON_NOT_UTF8        | 1007 | 6 | 0
            """)
    void aBreachIsFoundAtItsByteHoweverTheBytesAreCut(
            Role receiver, String hex, FrameRule rule, int closeCode, long offset, long frameOffset) {
        byte[] bytes = Hex.bytes(hex);

        Violation whole = FrameTrace.whole(new FrameParser(receiver, false, LIMITS), bytes)
                .broken();
        Violation cut = FrameTrace.byteByByte(new FrameParser(receiver, false, LIMITS), bytes)
                .broken();

        assertThat(whole).isEqualTo(cut);
        assertThat(whole.rule()).isEqualTo(rule);
        assertThat(whole.closeCode()).isEqualTo(new CloseCode(closeCode));
        assertThat(whole.offset()).isEqualTo(offset);
        assertThat(whole.frameOffset()).isEqualTo(frameOffset);
        assertThat(whole.offsetInFrame()).isEqualTo(offset - frameOffset);
        assertThat(whole.closeReason().code()).isEqualTo(whole.closeCode());
        assertThat(whole.toString()).contains(whole.expected(), whole.actual(), rule.section(), "byte " + offset);
        assertBytesBefore(offset, new FrameParser(receiver, false, LIMITS), bytes);
    }

    /** Earliest means: without the guilty byte there is nothing to complain of. */
    private static void assertBytesBefore(long offset, FrameParser parser, byte[] bytes) {
        FrameTrace before = new FrameTrace(parser);
        for (byte b : Arrays.copyOf(bytes, (int) Math.min(offset, bytes.length - 1))) {
            before.feed(ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(before.violation).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a1 00                          | RESERVED_BIT_SET  | 0
            c9 00                          | RSV1_MISPLACED    | 0
            41 00 c0 00                    | RSV1_MISPLACED    | 2
            82 7f ff ff ff ff ff ff ff ff  | LENGTH_HIGH_BIT_SET | 2
            02 01 00 80 7f 7f ff ff ff ff ff ff ff | MESSAGE_TOO_BIG | 12
            """)
    void withCompressionAndWithoutALimitToo(String hex, FrameRule rule, long offset) {
        byte[] bytes = Hex.bytes(hex);

        Violation whole = FrameTrace.whole(new FrameParser(Role.CLIENT, true, WIDE), bytes)
                .broken();
        Violation cut = FrameTrace.byteByByte(new FrameParser(Role.CLIENT, true, WIDE), bytes)
                .broken();

        assertThat(whole).isEqualTo(cut);
        assertThat(whole.rule()).isEqualTo(rule);
        assertThat(whole.offset()).isEqualTo(offset);
    }

    @Test
    void theLimitCountsAllFragmentsAndIsJudgedBeforeAnyPayload() {
        FrameParser parser = new FrameParser(Role.CLIENT, false, LIMITS);
        ByteBuffer in = ByteBuffer.allocate(300).put(Hex.bytes("02 7e 00 fa")).rewind();
        ByteBuffer next = Hex.buffer("89 01 41  80 33");

        new FrameTrace(parser).feed(in.limit(254));
        Violation violation = new FrameTrace(parser).feed(next).broken();

        assertThat(violation.rule()).isEqualTo(FrameRule.MESSAGE_TOO_BIG);
        assertThat(violation.offset()).isEqualTo(258);
        assertThat(violation.actual()).isEqualTo("at least 301 bytes");
    }

    @Test
    void afterAViolationTheParserStaysDeadAndTakesNothing() {
        FrameParser parser = new FrameParser(Role.CLIENT, false, LIMITS);
        ByteBuffer in = Hex.buffer("83 00 81 00");

        assertThat(parser.next(in)).isEqualTo(Step.VIOLATION);
        Violation first = parser.violation();
        int position = in.position();

        assertThat(parser.next(in)).isEqualTo(Step.VIOLATION);
        assertThat(parser.violation()).isSameAs(first);
        assertThat(in.position()).isEqualTo(position);
        assertThat(parser.isMidFrame()).isFalse();
    }
}
