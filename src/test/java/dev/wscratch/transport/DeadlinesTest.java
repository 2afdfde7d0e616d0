package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {
    private static Deadlines deadlines(String name, Duration value) {
        Deadlines usual = Deadlines.DEFAULT;
        return new Deadlines(
                name.equals("handshake") ? value : usual.handshake(),
                name.equals("frame") ? value : usual.frame(),
                name.equals("write") ? value : usual.write(),
                name.equals("close") ? value : usual.close(),
                name.equals("drain") ? value : usual.drain(),
                name.equals("spread") ? value : usual.spread(),
                name.equals("pingInterval") ? value : usual.pingInterval(),
                name.equals("idle") ? value : usual.idle());
    }

    @ParameterizedTest
    @CsvSource({
        "handshake, PT0S",
        "handshake, PT-1S",
        "handshake, P366D",
        "frame, PT0S",
        "write, PT0S",
        "close, PT-0.001S",
        "drain, P1000D",
        "pingInterval, PT0S",
        "idle, PT-1S",
        "idle, P366D",
    })
    void aDeadlineIsPositiveAndAtMostAYear(String name, Duration value) {
        assertThatThrownBy(() -> deadlines(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + ": expected a duration of more than 0 and at most 365 days, got " + value);
    }

    @Test
    void aYearIsTakenAndIdleMayBeNever() {
        assertThat(deadlines("handshake", Duration.ofDays(365)).handshake()).hasDays(365);
        assertThat(deadlines("idle", Duration.ZERO).idle()).isZero();
    }

    @Test
    void goodbyesAreSpreadWithinTheDrain() {
        assertThat(deadlines("spread", Duration.ofSeconds(10)).spread()).hasSeconds(10);
        for (Duration wrong : new Duration[] {Duration.ofSeconds(11), Duration.ofMillis(-1)}) {
            assertThatThrownBy(() -> deadlines("spread", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("spread: expected a duration from 0 to the drain deadline of PT10S, got " + wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "handshake,    PT0.4S,   50",
        "frame,        PT0.4S,   50",
        "write,        PT0.4S,   50",
        "close,        PT0.4S,   50",
        "pingInterval, PT0.4S,   50",
        "write,        PT0.001S, 10",
        "handshake,    PT100S,   250",
    })
    void theSweepIsOftenEnoughForTheShortestDeadlineButNotWithoutBounds(String name, Duration value, long millis) {
        assertThat(deadlines(name, value).sweepMillis()).isEqualTo(millis);
    }
}
