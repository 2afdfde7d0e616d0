package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawStageTest {
    private final List<String> events = new ArrayList<>();
    private final FakeTcp tcp = new FakeTcp();
    private final RawStage raw = new RawStage(
            tcp,
            new RawConnection.Handler() {
                @Override
                public void start(RawConnection connection) {
                    events.add("start");
                }

                @Override
                public void received(ByteBuffer bytes) {
                    events.add("received " + bytes.remaining());
                }

                @Override
                public void gone() {
                    events.add("gone");
                }
            },
            Deadlines.DEFAULT.write());

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    @Test
    void whatIsWrittenLeavesAsItIs() {
        raw.start();
        raw.write(bytes("\u00FFnot a frame"));
        assertThat(tcp.takeText()).isEqualTo("\u00FFnot a frame");
        assertThat(events).containsExactly("start");
    }

    @Test
    void allThatIsReceivedIsTakenWhateverTheHandlerReads() {
        ByteBuffer in = bytes("abc");
        raw.received(in);
        raw.received(in);
        assertThat(in.hasRemaining()).isFalse();
        assertThat(events).containsExactly("received 3");
    }

    @Test
    void theEndWaitsForWhatWasWritten() {
        tcp.stuck = true;
        raw.write(bytes("abc"));
        raw.close();
        assertThat(tcp.done).isEmpty();
        assertThat(raw.queuedBytes()).isEqualTo(3);
        tcp.underWay.remove().completed();
        assertThat(tcp.done).containsExactly("close");
    }

    @Test
    void finMayBeSaidWhileReadingGoesOn() {
        raw.write(bytes("abc"));
        raw.shutdownOutput();
        assertThat(tcp.done).containsExactly("shutdownOutput");
    }

    /** Found over TLS: the second wish was lost, and the connection stayed until its lifetime was over. */
    @Test
    void aCloseAfterFinCloses() {
        raw.shutdownOutput();
        raw.close();
        assertThat(tcp.done).containsExactly("shutdownOutput", "close");
    }

    @Test
    void aCutWaitsForWhatWasWritten() {
        tcp.stuck = true;
        raw.write(bytes("abc"));
        raw.cut();
        assertThat(tcp.done).isEmpty();
        tcp.underWay.remove().completed();
        assertThat(tcp.done).containsExactly("cut");
    }

    @Test
    void aPeerThatTakesNoBytesIsCutAtTheWriteDeadline() {
        tcp.stuck = true;
        raw.write(bytes("abc"));
        raw.check(System.nanoTime() + Duration.ofSeconds(9).toNanos());
        assertThat(tcp.done).isEmpty();
        raw.check(System.nanoTime() + Duration.ofSeconds(11).toNanos());
        assertThat(tcp.done).containsExactly("abort");
    }

    @Test
    void readingPausesWhileTheHandlerOrTheQueueWantsIt() {
        raw.pauseReading(true);
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
        raw.pauseReading(false);
        tcp.stuck = true;
        raw.write(ByteBuffer.allocate((256 << 10) + 1));
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
        raw.pauseReading(false);
        tcp.runTasks();
        assertThat(tcp.paused).as("the queue is still long").isTrue();
        tcp.underWay.remove().completed();
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    @Test
    void aPauseThatTheHandlerWantsOutlastsTheQueue() {
        tcp.stuck = true;
        raw.pauseReading(true);
        raw.write(ByteBuffer.allocate(1 << 20));
        tcp.underWay.remove().completed();
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
    }

    /** Found by review: of two threads the one with the older news could come last, and reading stayed paused for ever. */
    @Test
    void newsOfALongQueueThatComesLateDoesNotPauseReading() {
        raw.congested(false);
        raw.congested(true);
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    @Test
    void itEndsWithTheServerAndAfterTenMinutes() {
        raw.check(System.nanoTime() + Duration.ofMinutes(9).toNanos());
        assertThat(tcp.done).isEmpty();
        raw.check(System.nanoTime() + Duration.ofMinutes(11).toNanos());
        raw.stop(new CloseReason(CloseCode.GOING_AWAY, "server stops"));
        raw.abort();
        assertThat(tcp.done).containsExactly("abort", "abort", "abort");
    }

    @Test
    void aQueueThatIsFullBreaksTheConnection() {
        tcp.stuck = true;
        raw.write(ByteBuffer.allocate(256 << 10));
        raw.write(ByteBuffer.allocate(2 << 20));
        assertThat(tcp.done).isEmpty();
        raw.write(ByteBuffer.allocate(100));
        assertThat(tcp.done).containsExactly("broken: more than 2359296 bytes wait on a raw connection");
    }

    @Test
    void aTaskForLaterRunsOnTheSelectorThreadUnlessTheConnectionIsGone() {
        raw.after(Duration.ofMillis(1), () -> events.add("first"));
        await().atMost(Duration.ofSeconds(10)).until(() -> tcp.tasks.size() == 1);
        assertThat(events).isEmpty();
        tcp.runTasks();
        assertThat(events).containsExactly("first");

        raw.after(Duration.ofMillis(1), () -> events.add("second"));
        await().atMost(Duration.ofSeconds(10)).until(() -> tcp.tasks.size() == 1);
        raw.gone(new IOException("gone"));
        tcp.runTasks();
        assertThat(events).containsExactly("first", "gone");
    }
}
