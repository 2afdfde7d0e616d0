package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.transport.TcpEnd.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TcpEndTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection reset | the client reset TCP (RST) without a Close frame (Connection reset)",
                "Connection reset by peer | the client reset TCP (RST) without a Close frame (Connection reset by peer)",
                "Broken pipe | the client had ended TCP both ways when the server wrote, without a Close frame (Broken pipe)",
                "Connection timed out | the network lost the client, which took no packet any more, without a Close frame"
                        + " (Connection timed out)",
            })
    void theSystemsNameStandsBehindPlainWords(String name, String words) {
        assertThat(TcpEnd.by(new SocketException(name), false).words(Phase.OPEN))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE | the client ended TCP (FIN)",
                "BEFORE_UPGRADE | the client ended TCP (FIN) before there was a WebSocket",
                "ANSWERED | the client ended TCP (FIN) after the server's last answer",
                "OPEN | the client ended TCP (FIN) without a Close frame",
                "CLOSE_SENT | the client ended TCP (FIN) after the server's Close frame, without one of its own",
                "CLOSE_RECEIVED | the client ended TCP (FIN) after its Close frame, before the server's",
                "CLOSE_DONE | the client ended TCP (FIN) after both Close frames",
                "FAILED | the client ended TCP (FIN) after it had broken a rule",
            })
    void anEndByFinSaysWhereTheConnectionStood(Phase phase, String words) {
        assertThat(TcpEnd.by(new EOFException(), false).words(phase)).isEqualTo(words);
    }

    @Test
    void theServersOwnEndSaysWhereTheConnectionStoodToo() {
        assertThat(TcpEnd.byServer("").words(Phase.CLOSE_DONE))
                .isEqualTo("the server ended TCP after both Close frames");
        assertThat(TcpEnd.byServer("").words(Phase.ANSWERED)).isEqualTo("the server ended TCP after its last answer");
    }

    @ParameterizedTest
    @EnumSource
    void aReasonOfTheServersNeedsNoPhase(Phase phase) {
        assertThat(TcpEnd.resetByServer("two pings unanswered").words(phase))
                .isEqualTo("the server reset TCP (RST): two pings unanswered");
    }

    @Test
    void underTlsTheGoodbyeIsNamedOrMissed() {
        assertThat(TcpEnd.by(new TcpEnd.TlsEnded(), true).words(Phase.CLOSE_DONE))
                .isEqualTo("the client ended TLS (close_notify) after both Close frames");
        assertThat(TcpEnd.by(new EOFException(), true).words(Phase.OPEN))
                .isEqualTo("the client ended TCP without TLS's close_notify, without a Close frame");
        assertThat(TcpEnd.by(new SSLHandshakeException("no cipher suites in common"), true)
                        .words(Phase.BEFORE_UPGRADE))
                .isEqualTo("the server ended TCP: TLS failed: no cipher suites in common");
    }

    @Test
    void aMistakeOfTheServersTellsItsNameOnly() {
        assertThat(TcpEnd.by(new IOException(new IllegalStateException("a secret")), false)
                        .words(Phase.OPEN))
                .isEqualTo("the server ended TCP: it failed on what came (IllegalStateException)");
        assertThat(TcpEnd.by(new OutOfMemoryError("a secret"), false).words(Phase.OPEN))
                .isEqualTo("the server ended TCP: it failed on what came (OutOfMemoryError)");
    }

    @Test
    void whatTheServerSaysItselfIsKept() {
        assertThat(TcpEnd.by(new IOException("more than one answer at a time"), false)
                        .words(Phase.BEFORE_UPGRADE))
                .isEqualTo("the server ended TCP: more than one answer at a time");
        assertThat(TcpEnd.by(new ClosedChannelException(), false).words(Phase.OPEN))
                .isEqualTo("the server ended TCP without a Close frame");
    }

    @ParameterizedTest
    @CsvSource({"PT5S, 5 s", "PT0.2S, 0.2 s", "PT1M, 1 min", "PT90S, 90 s", "PT60.5S, 60.5 s", "PT0S, 0 s"})
    void timesAreInWordsOfPeople(Duration time, String words) {
        assertThat(TcpEnd.inWords(time)).isEqualTo(words);
    }
}
