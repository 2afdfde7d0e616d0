package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final FakeSession fake = new FakeSession();
    private final Deployment deployment = new Deployment(10);
    private final Connection connection = new Connection(deployment, "/echo");
    private final LogLines log = new LogLines("dev.wscratch.endpoint");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aSessionGetsTheLimitAndNoTimerAndOneLine() {
        connection.opened(fake.session);
        assertThat(fake.done)
                .containsExactly(
                        "setMaxTextMessageBufferSize 10", "setMaxBinaryMessageBufferSize 10", "setMaxIdleTimeout -1");
        assertThat(log.all()).containsExactly("INFO open conn=1 path=/echo");
    }

    @Test
    void connectionsAreNumberedWithinTheirDeployment() {
        new Connection(deployment, "/").opened(fake.session);
        new Connection(new Deployment(10), "/").opened(fake.session);
        assertThat(log.all()).containsExactly("INFO open conn=2 path=/", "INFO open conn=1 path=/");
    }

    @Test
    void aMessageOfTheLargestSizeIsTakenAndALargerOneCloses() throws Exception {
        assertThat(connection.accepts(fake.session, "text", 10)).isTrue();
        assertThat(fake.done).isEmpty();
        assertThat(connection.accepts(fake.session, "binary", 11)).isFalse();
        assertThat(fake.done).containsExactly("close 1009 message of 11 bytes, at most 10 allowed");
    }

    @Test
    void theLineOfACloseCountsMessagesAndEscapesThePeersReason() throws Exception {
        connection.accepts(fake.session, "text", 3);
        connection.accepts(fake.session, "text", 4);
        connection.closed(new CloseReason(CloseCodes.NORMAL_CLOSURE, "bye\"\nINFO \u001B[31mforged \u202E"));
        List<String> lines = log.all();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2))
                .startsWith("INFO close conn=1 path=/echo code=1000 reason=\"bye\\\"\\nINFO \\u001b[31mforged \\u202e\""
                        + " messages=2 bytes=7 duration_ms=");
    }

    @Test
    void aCloseWithoutAReasonHasAnEmptyOne() {
        connection.closed(new CloseReason(CloseCodes.NO_STATUS_CODE, null));
        assertThat(log.all()).hasSize(1).first().asString().contains("code=1005 reason=\"\" messages=0 bytes=0");
    }

    @Test
    void aMessageLineTellsItsSizeAndNotItsPayload() throws Exception {
        connection.accepts(fake.session, "text", 5);
        assertThat(log.all()).containsExactly("DEBUG message conn=1 type=text bytes=5");
    }

    @Test
    void anErrorClosesWithoutTellingThePeerWhyAndIsEscapedInTheLog() throws Exception {
        connection.failed(fake.session, new IllegalStateException("a secret\nof many lines".repeat(50)));
        assertThat(fake.done).containsExactly("close 1011 internal error");
        assertThat(log.all()).hasSize(1);
        assertThat(log.all().get(0))
                .startsWith("WARN error conn=1 path=/echo ")
                .contains("IllegalStateException: a secret\\nof many lines")
                .hasSizeLessThan(400)
                .doesNotContain("\n");
    }

    @Test
    void aSessionThatIsClosedAlreadyIsNotClosedAgain() throws Exception {
        fake.open = false;
        connection.failed(fake.session, new IllegalStateException());
        assertThat(fake.done).isEmpty();
        assertThat(log.all()).hasSize(1);
    }

    @Test
    void aSessionThatCannotBeClosedIsOneLineAndNoException() {
        fake.closeFailure = new IllegalStateException("closed meanwhile");
        connection.tooSlow(fake.session, new IOException("does not read"));
        connection.brokeOff(fake.session, new IllegalArgumentException("a bug"));
        assertThat(log.all())
                .filteredOn(line -> line.contains("why=\"IllegalStateException: closed meanwhile\""))
                .hasSize(2);
    }
}
