package dev.wscratch.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EchoTest {
    private final FakeSession fake = new FakeSession();
    private final Echo echo = new Echo(new Deployment(4));

    @Test
    void textAndBytesComeBackAsTheyAre() throws Exception {
        assertThat(echo.onText("füü".substring(0, 2), fake.session)).isEqualTo("fü");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
        assertThat(echo.onBinary(bytes, fake.session)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(fake.done).isEmpty();
    }

    @Test
    void theLimitIsInBytesOfUtf8AndALongerMessageIsNotAnswered() throws Exception {
        assertThat(echo.onText("üü", fake.session)).isEqualTo("üü");
        assertThat(echo.onText("üüü", fake.session)).isNull();
        assertThat(echo.onBinary(ByteBuffer.wrap("12345".getBytes(UTF_8)), fake.session))
                .isNull();
        assertThat(fake.done)
                .containsExactly(
                        "close 1009 message of 6 bytes, at most 4 allowed",
                        "close 1009 message of 5 bytes, at most 4 allowed");
    }

    @Test
    void itsLinesNameItsPath() throws Exception {
        try (LogLines log = new LogLines("dev.wscratch.endpoint")) {
            echo.onOpen(fake.session);
            echo.onError(fake.session, new IllegalStateException());
            echo.onClose(new CloseReason(CloseCodes.GOING_AWAY, ""));
            assertThat(log.all()).hasSize(3).allMatch(line -> line.contains("conn=1 path=/echo"));
        }
    }
}
