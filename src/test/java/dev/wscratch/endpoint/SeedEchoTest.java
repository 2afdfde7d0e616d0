package dev.wscratch.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SeedEchoTest {
    private final FakeSession fake = new FakeSession();
    private final SeedEcho echo = new SeedEcho(new Deployment(4));

    @Test
    void theAnswerIsTheMessageWithEchoBeforeIt() throws Exception {
        assertThat(echo.onText("hi", fake.session)).isEqualTo("Echo: hi");
        assertThat(echo.onText("", fake.session)).isEqualTo("Echo: ");
    }

    @Test
    void bytesAreReadAsTextWithAReplacementForWhatIsNot() throws Exception {
        assertThat(echo.onBinary(ByteBuffer.wrap("hü".getBytes(UTF_8)), fake.session))
                .isEqualTo("Echo: hü");
        assertThat(echo.onBinary(ByteBuffer.wrap(new byte[] {'a', (byte) 0xFF, 'b'}), fake.session))
                .isEqualTo("Echo: a\uFFFDb");
    }

    @Test
    void theLimitIsOfTheMessageAndNotOfTheAnswer() throws Exception {
        assertThat(echo.onText("1234", fake.session)).isEqualTo("Echo: 1234");
        assertThat(echo.onText("12345", fake.session)).isNull();
        assertThat(echo.onBinary(ByteBuffer.allocate(5), fake.session)).isNull();
        assertThat(fake.done).hasSize(2).containsOnly("close 1009 message of 5 bytes, at most 4 allowed");
    }

    @Test
    void itsLinesNameItsPath() throws Exception {
        try (LogLines log = new LogLines("dev.wscratch.endpoint")) {
            echo.onOpen(fake.session);
            echo.onError(fake.session, new IllegalStateException());
            echo.onClose(new CloseReason(CloseCodes.GOING_AWAY, ""));
            assertThat(log.all()).hasSize(3).allMatch(line -> (line + " ").contains("conn=1 path=/ "));
        }
    }
}
