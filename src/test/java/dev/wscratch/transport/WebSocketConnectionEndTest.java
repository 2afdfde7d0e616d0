package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection ends: by a Close frame, by TCP, by a stop or by a deadline. */
class WebSocketConnectionEndTest extends ConnectionInMemory {
    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1014, 3000, 4999})
    void aCloseIsAnsweredWithTheSameCodeAndReasonAndThenTcpEnds(int code) throws Exception {
        InboundConnection connection = open();
        close(connection, code, "why");
        assertThat(sent()).containsExactly("close " + code + " why");
        assertThat(TOLD).containsExactly("close " + (code == 1014 ? 1011 : code));
        assertThat(tcp.done).containsExactly("close");
        connection.gone();
        tcp.runTasks();
        assertThat(TOLD).as("told once").hasSize(1);
        assertThat(counted).containsExactly("closed " + code + " CLIENT");
    }

    @Test
    void ourCloseIsAnsweredByThePeersAndThenTcpEnds() throws Exception {
        InboundConnection connection = open();
        send(connection, "close");
        assertThat(sent()).first().isEqualTo("close 1001 bye");
        assertThat(tcp.done).isEmpty();
        close(connection, 1001, "bye");
        assertThat(tcp.done).containsExactly("close");
        connection.gone();
        tcp.runTasks();
        // Tyrus then tells @OnError that the connection is closed: it looks at the session after the callback.
        assertThat(TOLD)
                .startsWith("close", "close 1001")
                .filteredOn(told -> told.startsWith("close "))
                .hasSize(1);
        assertThat(counted).containsExactly("closed 1001 SERVER");
    }

    @Test
    void aPeerThatDoesNotAnswerOurCloseIsCutOff() throws Exception {
        InboundConnection connection = open();
        send(connection, "close");
        connection.check(System.nanoTime());
        assertThat(tcp.done).isEmpty();
        connection.check(System.nanoTime() + HOUR);
        assertThat(tcp.done).containsExactly("abort");
        assertThat(tcp.aborted).isEqualTo("no end to the closing handshake within 5 s");
    }

    @Test
    void whatComesAfterOurCloseIsNotForTheApplication() throws Exception {
        InboundConnection connection = open();
        send(connection, "close", "late");
        connection.received(InMemory.frame(Opcode.PING, new byte[0]));
        assertThat(TOLD).startsWith("close", "close 1001").doesNotContain("late");
        assertThat(sent()).containsExactly("close 1001 bye");
    }

    @Test
    void aTcpConnectionThatEndsWithoutACloseIs1006ToldOnce() throws Exception {
        InboundConnection connection = open();
        connection.gone();
        tcp.runTasks();
        assertThat(TOLD).containsExactly("close 1006");
        assertThat(counted).containsExactly("closed 1006 CLIENT");
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aServerThatStopsSaysGoingAway() throws Exception {
        InboundConnection connection = open();
        connection.stop(new CloseReason(CloseCode.GOING_AWAY, "server stops"));
        tcp.runTasks();
        assertThat(sent()).containsExactly("close 1001 server stops");
        assertThat(TOLD).containsExactly("close 1001");
    }

    /** Found by review: a frame that the sweep found late twice was failed, logged and told twice, also if it had ended. */
    @Test
    void aFrameThatIsNotFinishedIsFailedOnceAndAFinishedOneIsNot() throws Exception {
        memory.deadlines = InMemory.at("frame", Duration.ofNanos(1));
        InboundConnection connection = open();
        ByteBuffer frame = InMemory.text("hello");
        connection.received(frame.slice(0, 7));
        connection.check(System.nanoTime());
        connection.received(frame.slice(7, frame.limit() - 7));
        tcp.runTasks();
        assertThat(sent()).containsExactly("text hello");

        connection.received(InMemory.text("again").limit(3));
        connection.check(System.nanoTime());
        connection.check(System.nanoTime());
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            tcp.runTasks();
            assertThat(log.all()).hasSize(1);
        }
        assertThat(sent()).containsExactly("close 1008 frame not complete after 0.000000001 s");
    }

    @Test
    void aSilentPeerIsPingedAndThenCutOff() throws Exception {
        memory.deadlines = InMemory.at("pingInterval", Duration.ofSeconds(1));
        InboundConnection connection = open();
        long now = System.nanoTime();
        connection.check(now + Duration.ofSeconds(2).toNanos());
        connection.check(now + Duration.ofSeconds(4).toNanos());
        assertThat(sent()).hasSize(2).allMatch(frame -> frame.startsWith("ping "));
        connection.check(now + Duration.ofSeconds(6).toNanos());
        assertThat(tcp.done).containsExactly("abort");
    }

    /** The idle deadline is about messages: pongs that nobody asked for do not count. */
    @Test
    void aPeerWithoutMessagesIsClosedAlsoWhenItSendsPongs() throws Exception {
        memory.deadlines = InMemory.at("idle", Duration.ofNanos(1));
        InboundConnection connection = open();
        connection.received(InMemory.frame(Opcode.PONG, new byte[0]));
        connection.check(System.nanoTime());
        tcp.runTasks();
        assertThat(sent()).containsExactly("close 1000 no message for 0.000000001 s");
    }
}
