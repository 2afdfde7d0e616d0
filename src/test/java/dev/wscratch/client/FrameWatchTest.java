package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameWatchTest {
    private final FrameWatch watch = new FrameWatch(1000);

    @Test
    void whatIsBeforeTheCloseFrameIsForTyrusAndNothingElse() {
        assertThat(scan("81 01 61 89 00 88 02 03 e8 81 01 62")).isEqualTo(5);
        assertThat(watch.close()).isNotNull();
    }

    @Test
    void aCloseFrameInPiecesIsKeptBackAndRead() {
        assertThat(scan("81 01")).isEqualTo(2);
        assertThat(scan("61 88 05 0f")).isEqualTo(1);
        assertThat(scan("a1 62 79")).isZero();
        assertThat(watch.close()).isNull();
        assertThat(scan("65")).isZero();
        assertThat(watch.close()).isEqualTo(new CloseReason(new CloseCode(4001), "bye"));
    }

    @Test
    void aFrameUnderWayIsPassedOnPieceByPiece() {
        assertThat(scan("82 7e 01 00 00 00")).isEqualTo(6);
        assertThat(scan("00 00")).isEqualTo(2);
    }

    @Test
    void aFrameThatBreaksARuleIsKeptBack() {
        assertThat(scan("81 01 61 81 81 00 00 00 00 62")).isEqualTo(3);
        assertThat(watch.violation()).isNotNull();
        assertThat(watch.violation().closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aMessageOverTheLimitIsRefusedAtItsHeader() {
        assertThat(scan("82 7e 03 e9")).isZero();
        assertThat(watch.violation()).isNotNull();
        assertThat(watch.violation().closeCode()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
    }

    private int scan(String hex) {
        return watch.scan(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
