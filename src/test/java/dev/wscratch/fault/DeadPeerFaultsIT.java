package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 30 to 34: peers that vanish, half vanish, or will not finish closing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class DeadPeerFaultsIT {
    private static final Duration PING = Duration.ofMillis(600);

    @RegisterExtension
    private final ServerUnderFault server;

    private final Scheme scheme;

    DeadPeerFaultsIT(Scheme scheme) {
        this.scheme = scheme;
        server = new ServerUnderFault(
                scheme, builder -> builder.deadlines(Quick.withPing(PING)).endpoint(Recorded.class));
    }

    private Recorded.Log log;

    @BeforeEach
    void record() {
        log = Recorded.log();
    }

    @Test
    @DisplayName("row 30: a peer whose process is stopped is closed within two heartbeats")
    void aStoppedProcessIsClosedWithinTwoHeartbeats() throws Exception {
        try (ChildProcess child =
                ChildProcess.java(List.of(), IdlePeer.class, server.port() + "", log.path(), scheme.name())) {
            assertThat(child.readLine()).isEqualTo("open");
            Session session = log.session();
            // It answers, so it lives on for longer than a dead one may.
            await().during(PING.multipliedBy(4))
                    .atMost(PING.multipliedBy(4).plus(Quick.SLACK))
                    .until(session::isOpen);
            child.signal("STOP");
            long start = System.nanoTime();
            assertThat(log.closeCode()).isEqualTo(1006);
            // The interval that was under way when it stopped, then two Pings without an answer.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(PING.multipliedBy(3).plus(Quick.SLACK));
        }
    }

    @Test
    @DisplayName("row 30: a peer that answers no Ping is closed within two heartbeats, though it goes on sending")
    void aPeerThatAnswersNoPingIsClosed() throws IOException {
        RawPeer peer = server.open(log.path());
        Drip drip = new Drip(peer, "\u0081\u0080\0\0\0\0".repeat(2_000));
        assertThat(log.closeCode()).isEqualTo(1006);
        assertIsGone(peer);
        drip.close();
    }

    @Test
    @DisplayName("row 31: a reset is seen by @OnClose once, as 1006")
    void aResetIsSeenOnceAs1006() throws IOException {
        RawPeer peer = server.open(log.path());
        log.session();
        peer.reset();
        assertThat(log.closeCode()).isEqualTo(1006);
    }

    @Test
    @DisplayName("row 31: an end without a Close frame is seen by @OnClose once, as 1006")
    void anEndWithoutACloseFrameIsSeenOnceAs1006() throws IOException {
        RawPeer peer = server.open(log.path());
        log.session();
        peer.close();
        assertThat(log.closeCode()).isEqualTo(1006);
    }

    @Test
    @DisplayName("row 31: a peer that shuts down its sending half is seen by @OnClose once, as 1006")
    void aHalfClosedConnectionIsSeenOnceAs1006() throws IOException {
        RawPeer peer = server.open(log.path());
        log.session();
        peer.shutdownOutput();
        assertThat(log.closeCode()).isEqualTo(1006);
        assertIsGone(peer);
    }

    @Test
    @DisplayName("row 31: a reset inside a frame is seen by @OnClose once, as 1006")
    void aResetInsideAFrameIsSeenOnceAs1006() throws IOException {
        RawPeer peer = server.open(log.path());
        log.session();
        peer.send(RawPeer.header(0x82, 1 << 19));
        peer.send(new byte[1 << 10]);
        peer.reset();
        assertThat(log.closeCode()).isEqualTo(1006);
    }

    @Test
    @DisplayName("row 31: a reset with output queued is seen by @OnClose once, as 1006, and the send fails")
    void aResetWithQueuedOutputIsSeenOnceAs1006() throws IOException {
        RawPeer peer = server.openWithSmallBuffer(log.path());
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        log.session()
                .getAsyncRemote()
                .sendBinary(ByteBuffer.allocate(16 << 20), result -> sent.complete(result.isOK()));
        peer.reset();
        assertThat(log.closeCode()).isEqualTo(1006);
        assertThat(sent).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
        log.assertClosedOnce();
    }

    @Test
    @DisplayName("row 32: a Close frame that is never answered ends the connection at the close deadline")
    void aCloseThatIsNeverAnsweredEndsAtTheDeadline() throws IOException {
        RawPeer peer = server.open(log.path());
        log.session().close(new CloseReason(CloseCodes.GOING_AWAY, "bye"));
        assertThat(log.closeCode()).isEqualTo(1001);
        assertIsGone(peer);
        assertThat(peer.readClose().closeCode()).isEqualTo(1001);
    }

    @Test
    @DisplayName("row 32: a Close frame that is answered by data for ever ends the connection at the close deadline")
    void aCloseThatIsAnsweredByDataForEverEndsAtTheDeadline() throws IOException {
        RawPeer peer = server.open(log.path());
        Session session = log.session();
        Drip drip = new Drip(peer, "\u0081\u0080\0\0\0\0".repeat(2_000));
        session.close(new CloseReason(CloseCodes.GOING_AWAY, "bye"));
        assertThat(peer.readClose().closeCode()).isEqualTo(1001);
        assertIsGone(peer);
        drip.close();
        log.assertClosedOnce();
    }

    @Test
    @DisplayName("row 32: the Close frame after a violation is not lost to a reset")
    void theCloseFrameAfterAViolationIsNotLost() throws IOException {
        RawPeer peer = server.open(log.path());
        peer.sendHex("8102 6869");
        // To encrypt a mebibyte on a busy machine may take longer than the close deadline.
        int blocks = scheme == Scheme.WS ? 64 : 16;
        for (int i = 0; i < blocks; i++) {
            peer.send(new byte[16 << 10]);
        }
        assertThat(peer.readClose().closeCode()).isEqualTo(1002);
        assertThat(peer.readsEnd()).isTrue();
        assertThat(log.closeCode()).isEqualTo(1002);
        assertIsGone(peer);
    }

    @Test
    @DisplayName("row 33: closing from both ends and from eight threads while sending closes once")
    void aCloseStormClosesOnce() throws Exception {
        for (int round = 0; round < 25; round++) {
            Recorded.Log each = Recorded.log();
            RawPeer peer = server.open(each.path());
            Session session = each.session();
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<Void>> storm = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int code = 4000 + thread;
                storm.add(run(start, () -> session.close(new CloseReason(CloseCodes.getCloseCode(code), "storm"))));
            }
            storm.add(run(start, () -> sendMany(session)));
            storm.add(run(start, () -> peer.sendClose(4100, "peer")));
            start.countDown();
            CompletableFuture.allOf(storm.toArray(CompletableFuture[]::new))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(peer.readClose().closeCode()).isBetween(4000, 4100);
            assertThat(peer.readsEnd()).isTrue();
            peer.close();
            assertThat(each.closeCode()).isBetween(4000, 4100);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A step may find the session closed by another; it may not hang. */
    private static CompletableFuture<Void> run(CountDownLatch start, Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
                        step.run();
                    } catch (IOException | RuntimeException closedMeanwhile) {
                        // Tyrus throws a bare RuntimeException when the session closes between its check and the send.
                        assertThat(closedMeanwhile).isNotNull();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task, "storm").start());
    }

    private static void sendMany(Session session) throws IOException {
        for (int i = 0; i < 200; i++) {
            session.getBasicRemote().sendText("message " + i);
        }
    }

    @Test
    @DisplayName("row 34: hundreds of clients that all drop and return are all served")
    void manyClientsThatDropAndReturnAreAllServed() throws IOException {
        int clients = scheme == Scheme.WS ? 500 : 150;
        List<RawPeer> first = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            first.add(server.dial("/echo"));
        }
        for (RawPeer peer : first) {
            peer.reset();
        }
        List<RawPeer> again = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            RawPeer peer = server.dial();
            again.add(peer);
            peer.send(RawPeer.request(server.port(), "/echo"));
            peer.send(RawPeer.frame(0x81, "again".getBytes(StandardCharsets.UTF_8)));
        }
        for (RawPeer peer : again) {
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(peer.readDataFrame().text()).isEqualTo("again");
            peer.close();
        }
    }

    private void assertIsGone(RawPeer peer) {
        await().atMost(Quick.STEP.plus(Quick.SLACK))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.isGone(peer));
    }
}
