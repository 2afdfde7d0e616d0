package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineTest {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int LENGTH = 2 << 20;

    private ServerSocket listener;
    private Socket ours;
    private Socket peer;

    /** Hardly anything fits between the two, so that what is written waits for who reads. */
    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket();
        listener.setReceiveBufferSize(4_096);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ours = new Socket();
        ours.setSendBufferSize(4_096);
        ours.connect(listener.getLocalSocketAddress());
        peer = listener.accept();
    }

    @AfterEach
    void end() throws IOException {
        peer.close();
        ours.close();
        listener.close();
    }

    @Test
    void aPeerThatReadsSlowlyHasTheWriteDeadlineForEachPieceAnew() throws Exception {
        Duration deadline = Duration.ofMillis(1_200);
        try (Line line = new Line(ours, LIFE, deadline)) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(this::readSlowly);
            long begun = System.nanoTime();
            line.send(Bytes.of(new byte[LENGTH]), 0);
            assertThat(System.nanoTime() - begun).as("longer than one deadline").isGreaterThan(deadline.toNanos());
            ours.shutdownOutput();
            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(LENGTH);
            assertThat(line.poll(0)).isNull();
        }
    }

    /** At most 1 MiB each second, in small steps. */
    private int readSlowly() {
        try {
            int all = 0;
            int count = peer.getInputStream().readNBytes(16 << 10).length;
            while (count > 0) {
                all += count;
                if (new CountDownLatch(1).await(16, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts it down");
                }
                count = peer.getInputStream().readNBytes(16 << 10).length;
            }
            return all;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPeerThatReadsNothingIsGivenUpAfterTheDeadlineOfOnePiece() throws Exception {
        try (Line line = new Line(ours, LIFE, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> line.send(Bytes.of(new byte[LENGTH]), 0)).isInstanceOf(IOException.class);
            assertThat(line.poll(0)).isEqualTo(new Line.Read.GivenUp("the peer has read nothing for 300 ms"));
        }
    }
}
