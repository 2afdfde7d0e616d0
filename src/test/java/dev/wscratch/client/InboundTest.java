package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.transport.FrameAssembler;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundTest {
    private final List<PassingFrame> tapped = new ArrayList<>();
    private final FrameParser parser = new FrameParser(Role.CLIENT, false, FrameLimits.DEFAULT.withMaxMessage(1000));
    private final Inbound inbound = new Inbound(parser, FrameAssembler.plain(parser), tapped::add);

    @Test
    void whatIsBeforeTheCloseFrameIsForTyrusAndNothingElse() {
        assertThat(read("81 01 61 89 00 88 02 03 e8 81 01 62")).containsExactly("81 01 61", "89 00");
        assertThat(inbound.close()).isEqualTo(CloseReason.of(CloseCode.NORMAL_CLOSURE));
    }

    @Test
    void framesInPiecesArePassedOnWhole() {
        assertThat(read("81")).isEmpty();
        assertThat(read("02 61")).isEmpty();
        assertThat(read("62 88 05 0f")).containsExactly("81 02 61 62");
        assertThat(read("a1 62 79")).isEmpty();
        assertThat(inbound.close()).isNull();
        assertThat(read("65")).isEmpty();
        assertThat(inbound.close()).isEqualTo(new CloseReason(new CloseCode(4001), "bye"));
    }

    @Test
    void aFrameThatBreaksARuleIsKeptBack() {
        assertThat(read("81 01 61 81 81 00 00 00 00 62")).containsExactly("81 01 61");
        assertThat(inbound.violation()).isNotNull();
        assertThat(inbound.violation().closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aMessageOverTheLimitIsRefusedAtItsHeader() {
        assertThat(read("82 7e 03 e9")).isEmpty();
        assertThat(inbound.violation()).isNotNull();
        assertThat(inbound.violation().closeCode()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
    }

    @Test
    void theTapSeesEveryFrameTheCloseFrameToo() {
        read("81 01 61 89 01 62 88 02 03 e8");
        assertThat(tapped)
                .extracting(frame -> frame.header().opcode())
                .containsExactly(Opcode.TEXT, Opcode.PING, Opcode.CLOSE);
        assertThat(tapped).extracting(PassingFrame::sent).containsOnly(false);
        assertThat(tapped.get(2).payload()).isEqualTo(ByteBuffer.wrap(new byte[] {3, (byte) 0xe8}));
    }

    private List<String> read(String hex) {
        List<String> frames = new ArrayList<>();
        inbound.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), frame -> {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            frames.add(HexFormat.ofDelimiter(" ").formatHex(bytes));
        });
        return frames;
    }
}
