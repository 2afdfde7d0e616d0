package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.transport.Heartbeat.Due;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long SECOND = 1_000_000_000L;

    private final long start = System.nanoTime();
    private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(10));

    private long at(double seconds) {
        return start + (long) (seconds * SECOND) + SECOND / 2;
    }

    @Test
    void aPingIsDueAfterEachInterval() {
        assertThat(heartbeat.due(at(5))).isEqualTo(Due.NOTHING);
        assertThat(heartbeat.due(at(10))).isEqualTo(Due.PING);
        heartbeat.ping(at(10));
        assertThat(heartbeat.due(at(15))).isEqualTo(Due.NOTHING);
    }

    @Test
    void aPeerThatLeavesTwoPingsUnansweredIsDead() {
        heartbeat.ping(at(10));
        assertThat(heartbeat.due(at(20))).isEqualTo(Due.PING);
        heartbeat.ping(at(20));
        assertThat(heartbeat.due(at(29))).isEqualTo(Due.NOTHING);
        assertThat(heartbeat.due(at(30))).isEqualTo(Due.DEAD);
    }

    @Test
    void aPongBringsThePeerBackAndTellsTheRoundTrip() {
        heartbeat.ping(at(10));
        ByteBuffer second = heartbeat.ping(at(20));
        assertThat(heartbeat.roundTripNanos()).isEqualTo(-1);
        assertThat(heartbeat.answered(second, at(21))).isTrue();
        assertThat(heartbeat.roundTripNanos()).isEqualTo(SECOND);
        assertThat(heartbeat.due(at(30))).isEqualTo(Due.PING);
    }

    @Test
    void somebodyElsesPongIsNotOurs() {
        heartbeat.ping(at(10));
        assertThat(heartbeat.answered(ByteBuffer.allocate(12), at(11))).isFalse();
        assertThat(heartbeat.answered(ByteBuffer.allocate(0), at(11))).isFalse();
    }

    /** Found by review: any moment was believed, so a peer could put any round trip into the metrics. */
    @Test
    void aMomentThatThePeerMadeUpIsNotAnAnswer() {
        ByteBuffer ping = heartbeat.ping(at(10));
        assertThat(heartbeat.answered(ping.duplicate().putLong(4, at(10) - 1_000_000 * SECOND), at(11)))
                .isFalse();
        assertThat(heartbeat.roundTripNanos()).isEqualTo(-1);
    }

    @Test
    void theAnswerToTheLastPingButOneCountsAsWellAndNoneTwice() {
        ByteBuffer first = copy(heartbeat.ping(at(10)));
        heartbeat.ping(at(20));
        assertThat(heartbeat.answered(first, at(22))).isTrue();
        assertThat(heartbeat.roundTripNanos()).isEqualTo(12 * SECOND);
        assertThat(heartbeat.answered(first, at(23))).isFalse();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Test
    void missedPongsDoNotCountWhileNothingIsRead() {
        heartbeat.ping(at(10));
        heartbeat.ping(at(20));
        heartbeat.excuse(at(30));
        assertThat(heartbeat.due(at(31))).isEqualTo(Due.NOTHING);
        assertThat(heartbeat.due(at(40))).isEqualTo(Due.PING);
    }
}
