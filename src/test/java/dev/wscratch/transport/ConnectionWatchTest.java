package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All clocks by a time that the test sets: frame 60 s, write 10 s, Ping each 25 s, idle 100 s. */
class ConnectionWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private static final Deadlines DEADLINES = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(25),
            Duration.ofSeconds(100));

    private static final class Recorder implements ConnectionWatch.Owner {
        final List<String> told = new ArrayList<>();
        ByteBuffer lastPing = ByteBuffer.allocate(0);

        @Override
        public void cut(String why) {
            told.add("cut: " + why);
        }

        @Override
        public void writeTooSlow() {
            told.add("writeTooSlow");
        }

        @Override
        public void frameTooSlow() {
            told.add("frameTooSlow");
        }

        @Override
        public void idle() {
            told.add("idle");
        }

        @Override
        public void ping(ByteBuffer payload) {
            told.add("ping");
            lastPing = payload;
        }

        List<String> take() {
            List<String> taken = List.copyOf(told);
            told.clear();
            return taken;
        }
    }

    private final Recorder owner = new Recorder();
    private long now = -50 * SECOND; // nanoTime may be below zero, and pass it.
    private final ConnectionWatch watch = new ConnectionWatch(DEADLINES, owner, () -> now);

    private void pass(int seconds) {
        now += seconds * SECOND;
    }

    /** What is told at this moment when nothing stalls, nobody has closed, and the peer's bytes are read. */
    private List<String> look() {
        watch.check(now, 0, true, true);
        return owner.take();
    }

    private void answerPing() {
        assertThat(watch.roundTrip(owner.lastPing)).isNotNegative();
    }

    @Test
    void nothingIsToldOfAFreshConnection() {
        assertThat(look()).isEmpty();
    }

    @Test
    void aFrameThatIsNotFinishedInTimeIsTooSlow() {
        watch.waitsForInput(true);
        pass(20);
        watch.waitsForInput(true); // Some more of it came; the clock runs from its first byte.
        pass(5);
        assertThat(look()).containsExactly("ping");
        answerPing();
        pass(25);
        assertThat(look()).containsExactly("ping");
        answerPing();
        pass(10);
        assertThat(look()).as("after exactly the deadline").isEmpty();
        now++;
        assertThat(look()).containsExactly("frameTooSlow");
        assertThat(watch.isFrameLate(now)).isTrue();
    }

    @Test
    void aFinishedFrameStopsItsClockAndTheNextOneStartsItAnew() {
        watch.waitsForInput(true);
        pass(50);
        watch.frameEnded();
        watch.waitsForInput(true);
        pass(20);
        assertThat(watch.isFrameLate(now)).isFalse();
        watch.waitsForInput(false);
        pass(70);
        assertThat(watch.isFrameLate(now)).isFalse();
    }

    @Test
    void aFrameThatBeginsWhenTheClockShowsZeroIsTimedAsWell() {
        now = 0;
        watch.waitsForInput(true);
        pass(61);
        assertThat(watch.isFrameLate(now)).isTrue();
    }

    @Test
    void noClockOfThePeersRunsWhileNothingIsRead() {
        watch.waitsForInput(true);
        for (int i = 0; i < 30; i++) {
            pass(10);
            watch.check(now, 0, true, false);
        }
        assertThat(owner.take()).isEmpty();
        pass(20);
        assertThat(look()).as("reading again").isEmpty();
        pass(41);
        assertThat(look()).containsExactly("frameTooSlow");
    }

    @Test
    void theFrameClockStaysStoppedBetweenFramesWhileNothingIsRead() {
        watch.check(now, 0, true, false);
        pass(61);
        assertThat(watch.isFrameLate(now)).isFalse();
    }

    @Test
    void aPeerThatTakesNoByteForLongerThanTheDeadlineIsTooSlow() {
        watch.check(now, 10 * SECOND, true, true);
        assertThat(owner.take()).isEmpty();
        watch.check(now, 10 * SECOND + 1, true, true);
        assertThat(owner.take()).containsExactly("writeTooSlow");
        watch.check(now, 10 * SECOND + 1, false, false);
        assertThat(owner.take()).as("also while it closes").containsExactly("writeTooSlow");
    }

    @Test
    void aPeerWithoutMessagesIsIdleAndAMessageEndsThat() {
        pass(90);
        watch.active();
        pass(100);
        assertThat(look()).containsExactly("ping");
        now++;
        assertThat(look()).containsExactly("idle");
    }

    @Test
    void zeroMeansNeverIdle() {
        ConnectionWatch patient = new ConnectionWatch(Deadlines.DEFAULT, owner, () -> now);
        pass(100_000);
        patient.check(now, 0, true, true);
        assertThat(owner.take()).containsExactly("ping");
    }

    @Test
    void aPeerThatAnswersNoPingIsCutAfterTheSecond() {
        pass(25);
        assertThat(look()).containsExactly("ping");
        pass(25);
        assertThat(look()).containsExactly("ping");
        pass(25);
        assertThat(look()).containsExactly("cut: two pings unanswered");
    }

    @Test
    void aPongTellsTheRoundTripAndAnotherIsNotOurs() {
        pass(25);
        assertThat(look()).containsExactly("ping");
        pass(2);
        assertThat(watch.roundTrip(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(-1);
        assertThat(watch.roundTrip(owner.lastPing)).isEqualTo(2 * SECOND);
    }

    @Test
    void theEarliestWishToCutCounts() {
        watch.cutAfter(5 * SECOND, "first");
        watch.cutAfter(60 * SECOND, "later");
        pass(4);
        assertThat(look()).isEmpty();
        watch.cutAfter(0, "sooner");
        assertThat(look()).containsExactly("cut: sooner");
    }

    @Test
    void whenBothHaveClosedOnlyTheCutIsWaitedFor() {
        watch.waitsForInput(true);
        watch.cutAfter(500 * SECOND, "last");
        pass(400);
        watch.check(now, 0, false, true);
        assertThat(owner.take()).isEmpty();
        pass(100);
        watch.check(now, 0, false, true);
        assertThat(owner.take()).containsExactly("cut: last");
    }

    @Test
    void aCutThatFallsOnZeroIsNotForgotten() {
        watch.cutAfter(50 * SECOND, "last");
        pass(51);
        watch.check(now, 0, false, false);
        assertThat(owner.take()).containsExactly("cut: last");
    }
}
