package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.transport.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 13 to 21: everything that can be wrong with frames. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class FrameFaultsIT {
    private static final int EMPTY_TEXT_PART = 0x01;
    private static final int CONTINUATION_PART = 0x00;
    private static final int LAST_CONTINUATION = 0x80;
    private static final byte[] NOTHING = {};

    @RegisterExtension
    private final ServerUnderFault server;

    FrameFaultsIT(Scheme scheme) {
        server = new ServerUnderFault(scheme, builder -> builder);
    }

    @TestFactory
    @DisplayName("row 13: an unmasked frame is answered by 1002")
    Stream<DynamicTest> anUnmaskedFrameIsAnsweredBy1002() {
        return new WireRunner(server).row(13, FrameCases.all());
    }

    @TestFactory
    @DisplayName("row 14: reserved bits, reserved opcodes and broken control frames are answered by 1002")
    Stream<DynamicTest> aFrameThatBreaksARuleIsAnsweredBy1002() {
        return new WireRunner(server).row(14, FrameCases.all());
    }

    @TestFactory
    @DisplayName("row 15: text that is not UTF-8 is answered by 1007 at its first bad byte")
    Stream<DynamicTest> textThatIsNotUtf8IsAnsweredBy1007() {
        return new WireRunner(server).row(15, FrameCases.all());
    }

    /** Only headers are sent: the answer cannot have waited for payload. */
    @TestFactory
    @DisplayName("row 16: a frame over the limit is refused with 1009 at its header")
    Stream<DynamicTest> aFrameOverTheLimitIsRefusedAtItsHeader() {
        return new WireRunner(server).row(16, FrameCases.all());
    }

    @TestFactory
    @DisplayName("row 18: a length that is too large or not minimal is refused at its header")
    Stream<DynamicTest> anImpossibleLengthIsRefusedAtItsHeader() {
        return new WireRunner(server).row(18, FrameCases.all());
    }

    @Test
    @DisplayName("row 16: the Close frame reaches a peer that goes on sending its oversize frame")
    void theCloseFrameReachesAPeerThatGoesOnSending() throws IOException {
        RawPeer peer = server.open("/echo");
        peer.send(RawPeer.header(0x82, 8 << 20));
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(() -> sendUntilRefused(peer, new byte[64 << 10], 128));
        assertThat(peer.readFrame().closeCode()).isEqualTo(1009);
        assertThat(peer.readsEnd()).isTrue();
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 17: fragments that sum up to more than the limit are answered by 1009")
    void fragmentsOverTheLimitInSumAreAnsweredBy1009() throws IOException {
        RawPeer peer = server.open("/echo");
        byte[] part = new byte[1 << 10];
        peer.send(RawPeer.frame(0x02, part));
        byte[] more = RawPeer.frame(CONTINUATION_PART, part);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, more, 2_000));
        assertThat(peer.readFrame().closeCode()).isEqualTo(1009);
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 17: a million empty fragments are answered by 1008")
    void aMillionEmptyFragmentsAreAnsweredBy1008() throws IOException {
        RawPeer peer = server.open("/echo");
        peer.send(RawPeer.frame(EMPTY_TEXT_PART, NOTHING));
        byte[] thousand = repeated(RawPeer.frame(CONTINUATION_PART, NOTHING), 1_000);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, thousand, 1_000));
        assertThat(peer.readFrame().closeCode()).isEqualTo(1008);
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 17: as many fragments as are allowed hold little heap before the message ends")
    void theFragmentsThatAreAllowedHoldLittleHeap() throws IOException {
        RawPeer peer = server.open("/echo");
        long before = Footprint.heapAfterCollection();
        peer.send(RawPeer.frame(EMPTY_TEXT_PART, NOTHING));
        peer.send(repeated(RawPeer.frame(CONTINUATION_PART, NOTHING), Limits.DEFAULT.maxFragments() - 2));
        pingPong(peer);
        assertThat(Footprint.heapAfterCollection()).isLessThan(before + (8 << 20));
        peer.send(RawPeer.frame(LAST_CONTINUATION, "end".getBytes(StandardCharsets.UTF_8)));
        assertThat(peer.readFrame().text()).isEqualTo("end");
    }

    @Test
    @DisplayName("row 19: a frame that comes byte by byte is closed by the frame deadline")
    void aFrameThatDripsIsClosedByTheFrameDeadline() throws IOException {
        RawPeer peer = server.open("/echo");
        long start = System.nanoTime();
        Drip drip = new Drip(peer, RawPeer.frame(0x82, new byte[10_000]));
        assertThat(peer.readFrame().closeCode()).isEqualTo(1008);
        assertThat(peer.readsEnd()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Quick.STEP.dividedBy(2), Quick.STEP.plus(Quick.SLACK));
        drip.close();
        goneSoon(peer);
    }

    @Test
    @DisplayName("row 19: half a frame header is closed by the frame deadline")
    void halfAHeaderIsClosedByTheFrameDeadline() throws IOException {
        RawPeer peer = server.open("/echo");
        peer.sendHex("82");
        assertThat(peer.readFrame().closeCode()).isEqualTo(1008);
        assertThat(peer.readsEnd()).isTrue();
        goneSoon(peer);
    }

    @Test
    @DisplayName("row 20: a flood of pings by a peer that reads is answered by 1008")
    void aPingFloodIsAnsweredBy1008() throws IOException {
        floodIsAnsweredBy1008(0x80 | RawPeer.PING);
    }

    @Test
    @DisplayName("row 20: a flood of pongs by a peer that reads is answered by 1008")
    void aPongFloodIsAnsweredBy1008() throws IOException {
        floodIsAnsweredBy1008(0x80 | RawPeer.PONG);
    }

    private void floodIsAnsweredBy1008(int firstByte) throws IOException {
        RawPeer peer = server.open("/echo");
        byte[] frames = repeated(RawPeer.frame(firstByte, new byte[125]), 100);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, frames, 1_000));
        assertThat(peer.readClose().closeCode()).isEqualTo(1008);
        assertThat(peer.readsEnd()).isTrue();
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 20: a flood of pings by a peer that never reads ends its connection")
    void aPingFloodOfAPeerThatNeverReadsEndsItsConnection() throws IOException {
        RawPeer peer = server.openWithSmallBuffer("/echo");
        byte[] frames = repeated(RawPeer.frame(0x80 | RawPeer.PING, new byte[125]), 100);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilRefused(peer, frames, 100_000));
        goneSoon(peer);
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("row 21: a flood of messages pauses reading, holds little heap, loses nothing and keeps the order")
    void aMessageFloodPausesReadingAndLosesNothing() throws IOException {
        int messages = 20_000;
        RawPeer peer = server.open("/echo");
        long before = Footprint.heapAfterCollection();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendNumbered(peer, messages, 1 << 10));
        for (int i = 0; i < messages; i++) {
            byte[] payload = peer.readFrame().payload();
            assertThat(payload).hasSize(1 << 10);
            assertThat(ByteBuffer.wrap(payload).getInt()).isEqualTo(i);
            if (i == messages / 2) {
                assertThat(Footprint.heapAfterCollection()).isLessThan(before + (8 << 20));
            }
        }
        sending.orTimeout(10, TimeUnit.SECONDS).join();
        peer.sendText("all came back");
        assertThat(peer.readFrame().text()).isEqualTo("all came back");
    }

    /** Two of them are more than the queue takes: each must have left before the next is read. */
    @Test
    @DisplayName("row 21: messages near the limit pause reading too, and none is refused")
    void aFloodOfLargeMessagesIsAnsweredOneByOne() throws IOException {
        int messages = 24;
        int size = 1_000_000;
        RawPeer peer = server.openWithSmallBuffer("/echo");
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendNumbered(peer, messages, size));
        for (int i = 0; i < messages; i++) {
            byte[] payload = peer.readFrame().payload();
            assertThat(payload).hasSize(size);
            assertThat(ByteBuffer.wrap(payload).getInt()).isEqualTo(i);
        }
        sending.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void sendNumbered(RawPeer peer, int messages, int size) {
        try {
            byte[] payload = new byte[size];
            for (int i = 0; i < messages; i++) {
                ByteBuffer.wrap(payload).putInt(i);
                peer.send(RawPeer.frame(0x82, payload));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void goneSoon(RawPeer peer) {
        await().atMost(Quick.STEP.multipliedBy(2).plus(Quick.SLACK))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.isGone(peer));
    }

    /** Everything sent before has been looked at. */
    private static void pingPong(RawPeer peer) throws IOException {
        peer.send(RawPeer.frame(0x80 | RawPeer.PING, NOTHING));
        assertThat(peer.readFrame().opcode()).isEqualTo(RawPeer.PONG);
    }

    private static byte[] repeated(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    /** Ends when the server does not take more. */
    private static void sendUntilRefused(RawPeer peer, byte[] bytes, int times) {
        try {
            for (int i = 0; i < times; i++) {
                peer.send(bytes);
            }
        } catch (IOException refused) {
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }
}
