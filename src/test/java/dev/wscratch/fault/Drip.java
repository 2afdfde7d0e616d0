package dev.wscratch.fault;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends bytes one at a time, for as long as the other side takes them. */
final class Drip implements AutoCloseable {
    private static final long EVERY_MILLIS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger next = new AtomicInteger();
    private final RawPeer peer;
    private final byte[] bytes;
    private final Future<?> dripping;

    Drip(RawPeer peer, String bytes) {
        this(peer, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Drip(RawPeer peer, byte[] bytes) {
        this.peer = peer;
        this.bytes = bytes.clone();
        this.dripping = clock.scheduleAtFixedRate(this::drop, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void drop() {
        int at = next.getAndIncrement();
        try {
            if (at < bytes.length) {
                peer.send(new byte[] {bytes[at]});
            }
        } catch (IOException nobodyListensAnyMore) {
            dripping.cancel(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
