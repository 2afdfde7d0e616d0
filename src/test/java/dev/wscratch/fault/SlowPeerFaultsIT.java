package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 28 and 29: peers that do not take what is sent to them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class SlowPeerFaultsIT {
    private static final int PART = 64 << 10;

    /** More than the kernel's buffers hold on both sides. */
    private static final int PARTS = 400;

    /** The write deadline and one second for the TCP connection to end. */
    private static final Duration GONE_WITHIN = Quick.WRITE.plusSeconds(1).plus(Quick.SLACK);

    @RegisterExtension
    private final ServerUnderFault server;

    SlowPeerFaultsIT(Scheme scheme) {
        server = new ServerUnderFault(scheme, builder -> builder.endpoint(Recorded.class));
    }

    private Recorded.Log log;

    @BeforeEach
    void record() {
        log = Recorded.log();
    }

    @Test
    @DisplayName("row 28: a synchronous send to a peer that never reads fails at the write deadline, close code 1013")
    void aSynchronousSendToAPeerThatNeverReadsFailsAtTheWriteDeadline() throws IOException {
        RawPeer peer = server.openWithSmallBuffer(log.path());
        Session session = log.session();
        long start = System.nanoTime();
        Throwable failure = null;
        for (int i = 0; i < PARTS && failure == null; i++) {
            try {
                session.getBasicRemote().sendBinary(ByteBuffer.allocate(PART));
            } catch (IOException | IllegalStateException e) {
                failure = e;
            }
        }
        assertThat(failure).as("the send ends").isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Quick.WRITE.dividedBy(2), GONE_WITHIN);
        assertThat(log.closeCode()).isEqualTo(1013);
        assertIsGone(peer, start);
    }

    @Test
    @DisplayName(
            "row 28: asynchronous sends to a peer that never reads queue a bounded number of bytes and complete truthfully")
    void asynchronousSendsToAPeerThatNeverReadsAreBounded() throws IOException {
        RawPeer peer = server.openWithSmallBuffer(log.path());
        Session session = log.session();
        long heap = Footprint.heapAfterCollection();
        AtomicInteger completed = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        int asked = 0;
        for (; asked < PARTS && session.isOpen(); asked++) {
            try {
                session.getAsyncRemote()
                        .sendBinary(ByteBuffer.allocate(PART), result -> count(result, completed, failed));
            } catch (RuntimeException closedMeanwhile) {
                // Tyrus throws a bare RuntimeException when the session closes between the question and the send.
                failed.incrementAndGet();
            }
        }
        assertThat(Footprint.heapAfterCollection()).isLessThan(heap + (8 << 20));
        assertThat(log.closeCode()).isEqualTo(1013);
        int total = asked;
        await().atMost(GONE_WITHIN).pollInSameThread().untilAsserted(() -> assertThat(completed.get() + failed.get())
                .isEqualTo(total));
        assertThat(failed.get()).isPositive();
        assertIsGone(peer, start);
    }

    private static void count(SendResult result, AtomicInteger completed, AtomicInteger failed) {
        (result.isOK() ? completed : failed).incrementAndGet();
    }

    @Test
    @DisplayName("row 28: an echo on a selector thread to a peer that never reads is paused, then closed with 1013")
    void aPeerThatNeverReadsItsEchoesIsClosedWith1013() throws IOException {
        RawPeer peer = server.openWithSmallBuffer(log.path());
        long start = System.nanoTime();
        byte[] text = RawPeer.frame(0x81, "x".repeat(PART).getBytes(StandardCharsets.UTF_8));
        AtomicLong taken = new AtomicLong();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, text, taken));
        assertThat(log.closeCode()).isEqualTo(1013);
        assertIsGone(peer, start);
        sending.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(taken.get()).as("messages taken before reading paused").isLessThan(PARTS);
    }

    @Test
    @DisplayName("row 28: a broadcast reaches all others when some never read")
    void aBroadcastReachesAllOthersWhenSomeNeverRead() throws IOException {
        int messages = 100;
        Recorded.Log[] stuckLogs = {Recorded.log(), Recorded.log(), Recorded.log(), Recorded.log()};
        for (Recorded.Log stuck : stuckLogs) {
            server.openWithSmallBuffer(stuck.path());
            assertThat(stuck.session().isOpen()).isTrue();
        }
        RawPeer sender = server.open(log.path());
        RawPeer listener = server.open(Recorded.log().path());
        byte[] message = new byte[PART];
        CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> count(listener, messages));
        CompletableFuture<Integer> own = CompletableFuture.supplyAsync(() -> count(sender, messages));
        byte[] frame = RawPeer.frame(0x82, message);
        for (int i = 0; i < messages; i++) {
            sender.send(frame);
        }
        assertThat(heard.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(messages);
        assertThat(own.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(messages);
        for (Recorded.Log stuck : stuckLogs) {
            assertThat(stuck.closeCode()).isEqualTo(1013);
        }
    }

    @Test
    @DisplayName("row 29: a stuck peer that goes on sending is gone one second after the policy")
    void aStuckPeerThatGoesOnSendingIsGone() throws IOException {
        RawPeer peer = server.openWithSmallBuffer(log.path());
        long start = System.nanoTime();
        AtomicLong taken = new AtomicLong();
        byte[] small = RawPeer.frame(0x81, new byte[1 << 10]);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, small, taken));
        assertThat(log.closeCode()).isEqualTo(1013);
        assertIsGone(peer, start);
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 29: a page that is not read ends at the write deadline")
    void anHttpAnswerThatIsNotReadEndsAtTheWriteDeadline() throws IOException {
        RawPeer peer = server.connectWithSmallBuffer();
        String request = "GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
        AtomicLong taken = new AtomicLong();
        byte[] pipelined = request.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, pipelined, taken));
        // First the kernel's buffers have to fill, which takes a while by answers of this size.
        await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> server.isGone(peer));
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void assertIsGone(RawPeer peer, long start) {
        await().atMost(GONE_WITHIN)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.isGone(peer));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GONE_WITHIN);
    }

    private static int count(RawPeer peer, int messages) {
        try {
            for (int i = 0; i < messages; i++) {
                assertThat(peer.readDataFrame().payload()).hasSize(PART);
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends when the server does not take more. */
    private static void sendUntilRefused(RawPeer peer, byte[] bytes, AtomicLong taken) {
        try {
            for (int i = 0; i < 100_000; i++) {
                peer.send(bytes);
                taken.incrementAndGet();
            }
        } catch (IOException refused) {
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }
}
