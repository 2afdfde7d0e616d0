package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A well-behaved client beside an attack: it echoes steadily, and every echo must come in time. */
final class NoisyNeighbour implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;

    /** Generous, since the machine may be busy with other things; a server that stands still takes longer. */
    private static final Duration SLOWEST = Duration.ofSeconds(3);

    private final RawPeer peer;
    private final Future<?> probing;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong echoes = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicReference<Throwable> trouble = new AtomicReference<>();

    NoisyNeighbour(Target target) throws IOException {
        peer = target.dial();
        assertThat(peer.handshake(target.path())).startsWith("HTTP/1.1 101 ");
        probing = clock.scheduleWithFixedDelay(this::probe, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        awaitEcho();
    }

    private void probe() {
        if (trouble.get() != null) {
            return;
        }
        try {
            long start = System.nanoTime();
            String message = "neighbour " + echoes.get();
            peer.sendText(message);
            assertThat(peer.readDataFrame().text()).isEqualTo(message);
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            echoes.incrementAndGet();
        } catch (IOException | AssertionError e) {
            trouble.set(e);
        }
    }

    private void awaitEcho() {
        long before = echoes.get();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .pollInSameThread()
                .until(() -> echoes.get() > before || trouble.get() != null);
    }

    /** Each echo so far came in time, and one more comes now. */
    void assertWasServed() {
        awaitEcho();
        assertThat(trouble.get()).as("the neighbour's connection").isNull();
        assertThat(Duration.ofNanos(slowestNanos.get()))
                .as("slowest of %d echoes", echoes.get())
                .isLessThan(SLOWEST);
    }

    @Override
    public void close() throws IOException {
        probing.cancel(false);
        clock.shutdownNow();
        peer.close();
    }
}
