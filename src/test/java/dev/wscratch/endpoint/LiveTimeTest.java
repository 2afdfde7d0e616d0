package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.endpoint.Deployment.Sends;
import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import dev.wscratch.message.Message.Live;
import dev.wscratch.message.OutgoingJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTimeTest {
    private static final long NEVER = 1_000_000;

    private final FakeSession fake = new FakeSession();
    private final ManualTimer timer = new ManualTimer();
    private final SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_SERVER);
    private final LiveTime live = new LiveTime(queue, timer, () -> java.time.Instant.ofEpochMilli(42));

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void eachTickSendsTheTime() {
        live.change(new Live(true, 250));
        assertThat(timer.intervals).containsExactly("250 250 MILLISECONDS");
        timer.tick();
        fake.finish();
        timer.tick();
        assertThat(fake.sent).containsExactly(time(0), time(0));
    }

    @Test
    void aReaderThatIsSlowGetsOneMessageAndTheCountOfTheOthers() {
        live.change(new Live(true, 250));
        for (int i = 0; i < 100; i++) {
            timer.tick();
        }
        assertThat(fake.sent).containsExactly(time(0));
        fake.finish();
        timer.tick();
        fake.finish();
        timer.tick();
        assertThat(fake.sent).containsExactly(time(0), time(99), time(0));
    }

    @Test
    void aNewIntervalTakesThePlaceOfTheOld() {
        live.change(new Live(true, 250));
        live.change(new Live(true, 500));
        assertThat(timer.getQueue()).hasSize(1);
        live.change(new Live(false, 500));
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aTickThatWasUnderWayWhenItStoppedSendsNothing() {
        live.change(new Live(true, 250));
        live.stop();
        timer.tick();
        assertThat(fake.sent).isEmpty();
    }

    @Test
    void aConnectionThatIsGoneEndsIt() {
        live.change(new Live(true, 250));
        timer.tick();
        fake.fail();
        assertThat(timer.getQueue()).isEmpty();
        live.change(new Live(true, 250));
        fake.open = false;
        timer.tick();
        assertThat(timer.getQueue()).isEmpty();
    }

    private static OutgoingJson time(long skipped) {
        return new OutgoingJson(new Message.Time(42, skipped));
    }

    /** Runs its last task when it is told to. */
    private static final class ManualTimer extends ScheduledThreadPoolExecutor {
        private final List<String> intervals = new ArrayList<>();
        private Runnable task;

        ManualTimer() {
            super(1);
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long then, TimeUnit unit) {
            task = command;
            intervals.add(first + " " + then + " " + unit);
            return super.scheduleWithFixedDelay(command, NEVER, NEVER, TimeUnit.SECONDS);
        }

        void tick() {
            task.run();
        }
    }
}
