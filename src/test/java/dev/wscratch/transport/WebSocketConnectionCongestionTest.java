package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.FrameSerialiser;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection whose peer does not take what it is sent. */
class WebSocketConnectionCongestionTest extends ConnectionInMemory {
    @Test
    void readingPausesWhileThePeerDoesNotTakeItsAnswers() throws Exception {
        memory.limits = new Limits(1 << 20, 100, 16 << 10, 100, 10, 100, 1024);
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "x".repeat(2000)));
        tcp.runTasks();
        assertThat(tcp.paused).isTrue();
        tcp.underWay.remove().completed();
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    /** Found by review: of two threads the one with the older news could come last, and reading stayed paused for ever. */
    @Test
    void newsOfALongQueueThatComesLateDoesNotPauseReading() throws Exception {
        InboundConnection connection = open();
        Outbox.Owner owner = stage(connection);
        owner.congested(false);
        owner.congested(true);
        tcp.runTasks();
        assertThat(tcp.paused).isFalse();
    }

    private static WebSocketConnection stage(InboundConnection connection) throws ReflectiveOperationException {
        var field = InboundConnection.class.getDeclaredField("stage");
        field.setAccessible(true);
        return (WebSocketConnection) field.get(connection);
    }

    /** Found by review: each refused send counted one more slow consumer, and queued one more close. */
    @Test
    void aPeerWhoseQueueIsFullIsCountedAndClosedOnce() throws Exception {
        memory.limits = new Limits(1024, 100, 16 << 10, 100, 10, 100, 1024);
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "flood"));
        assertThat(counted).containsExactly("tooSlow");
        assertThat(tcp.tasks.size()).isLessThan(5);
        tcp.runTasks();
        connection.check(System.nanoTime() + HOUR);
        assertThat(counted).containsExactly("tooSlow");
        assertThat(TOLD).containsExactly("flood", "close 1013");
    }

    @Test
    void framesBesideTheSessionThatTheFullQueueRefusesAreNeitherSentNorCounted() throws Exception {
        memory.limits = new Limits(1024, 100, 16 << 10, 100, 10, 100, 1024);
        WebSocketConnection connection = stage(open());
        tcp.stuck = true;
        ByteBuffer frame = FrameSerialiser.ping(ByteBuffer.allocate(125));
        int sent = 0;
        while (connection.sendBeside(List.of(frame.duplicate()))) {
            assertThat(++sent).isLessThan(1000);
        }
        assertThat(sent).isPositive();
        assertThat(counted).containsExactly("tooSlow");
    }

    @Test
    void aPeerThatTakesNothingIsClosedWith1013AndCutASecondLater() throws Exception {
        InboundConnection connection = open();
        tcp.stuck = true;
        onSelector(() -> send(connection, "hello"));
        long later = System.nanoTime() + Duration.ofSeconds(11).toNanos();
        connection.check(later);
        assertThat(counted).containsExactly("tooSlow");
        tcp.runTasks();
        assertThat(TOLD).containsExactly("hello", "close 1013");
        connection.check(System.nanoTime() + Duration.ofMillis(1100).toNanos());
        assertThat(tcp.done).containsExactly("abort");
        assertThat(tcp.aborted).isEqualTo("the peer took no bytes for 10 s");
    }
}
