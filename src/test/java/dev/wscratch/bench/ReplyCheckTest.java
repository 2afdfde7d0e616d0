package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyCheckTest {
    private static final int SIZE = 300;

    private final Load load = new Load(1, 4, SIZE, Opcode.TEXT);
    private final FrameLoop loop = new FrameLoop(load);
    private final ReplyCheck check = new ReplyCheck(loop, load);

    private byte[] reply(int index) {
        byte[] frame = new byte[loop.replyLength()];
        loop.replies(index * loop.replyLength(), frame.length).get(frame);
        return frame;
    }

    /** The reply as two fragments with a Ping between them. */
    private byte[] fragments(int index) {
        ByteBuffer payload = ByteBuffer.wrap(reply(index), loop.replyLength() - SIZE, SIZE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(Opcode.TEXT, false, payload.slice().limit(100)));
        bytes.writeBytes(FrameSerialiser.ping(ByteBuffer.wrap(new byte[] {7})).array());
        bytes.writeBytes(frame(Opcode.CONTINUATION, true, payload.slice().position(100)));
        return bytes.toByteArray();
    }

    private static byte[] frame(Opcode opcode, boolean fin, ByteBuffer payload) {
        return FrameSerialiser.frame(
                        new FrameHeader(fin, false, false, false, opcode, false, 0, payload.remaining()), payload)
                .array();
    }

    private int take(byte[] bytes, int piece) throws WrongReplyException {
        long before = check.messages();
        for (int i = 0; i < bytes.length; i += piece) {
            check.take(ByteBuffer.wrap(bytes, i, Math.min(piece, bytes.length - i)));
        }
        return (int) (check.messages() - before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 304, 100_000})
    void repliesCountHoweverTheStreamIsCut(int piece) throws WrongReplyException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            stream.writeBytes(i % 5 == 3 ? fragments(i % 16) : reply(i % 16));
        }
        assertThat(take(stream.toByteArray(), piece)).isEqualTo(40);
    }

    @Test
    void aPingIsHandedOverToBeAnswered() throws WrongReplyException {
        take(fragments(0), 1000);
        assertThat(check.nextPing()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
        assertThat(check.nextPing()).isNull();
    }

    @Test
    void oneWrongByteIsToldWithItsPlace() {
        byte[] frame = reply(0);
        frame[200] ^= 1;
        assertThatThrownBy(() -> take(frame, 1000))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageContaining("wrong bytes from byte 200 on");
    }

    @Test
    void aReplyThatComesTwiceIsWrong() throws WrongReplyException {
        take(reply(0), 1000);
        assertThatThrownBy(() -> take(reply(0), 1000)).hasMessageContaining("wrong bytes");
    }

    @Test
    void binaryInsteadOfTextIsWrong() {
        byte[] frame = reply(0);
        frame[0] = (byte) 0x82;
        assertThatThrownBy(() -> take(frame, 1000)).hasMessageContaining("expected a message of TEXT");
    }

    @Test
    void aFragmentWithAWrongByteIsWrong() {
        byte[] stream = fragments(0);
        stream[50] = 'A';
        assertThatThrownBy(() -> take(stream, 1000)).hasMessageContaining("wrong bytes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCameWholeBeforeAWrongByteOrACloseFrameCounts(boolean close) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(reply(0));
        stream.writeBytes(fragments(1));
        stream.writeBytes(reply(2));
        byte[] last = reply(3);
        last[200] ^= 1;
        stream.writeBytes(
                close
                        ? FrameSerialiser.close(CloseReason.of(CloseCode.GOING_AWAY))
                                .array()
                        : last);
        assertThatThrownBy(() -> take(stream.toByteArray(), 100_000)).isInstanceOf(WrongReplyException.class);
        assertThat(check.messages()).isEqualTo(3);
    }

    @Test
    void aCloseFrameIsNotAReply() {
        byte[] close =
                FrameSerialiser.close(CloseReason.of(CloseCode.GOING_AWAY)).array();
        assertThatThrownBy(() -> take(close, 1000)).hasMessageContaining("1001");
    }
}
