package dev.wscratch.transport;

import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection that a {@link RawConnection.Handler} has taken over. It ends with the server's stop, and after ten minutes
 * at the latest, whatever the handler wants.
 */
final class RawStage implements InboundConnection.Stage, RawConnection, Outbox.Owner {
    private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int QUEUE = 64 << 20;

    private final Tcp tcp;
    private final Handler handler;
    private final Outbox outbox;
    private final long startedAt = System.nanoTime();

    /** Close, and not only say FIN, when everything was written. */
    private volatile boolean closing;

    private volatile boolean gone;

    RawStage(Tcp tcp, Handler handler) {
        this.tcp = tcp;
        this.handler = handler;
        this.outbox = new Outbox(tcp, this, QUEUE, 0);
    }

    void start() {
        handler.start(this);
    }

    @Override
    public void received(ByteBuffer in) {
        if (in.hasRemaining()) {
            handler.received(in);
            in.position(in.limit());
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        outbox.add(bytes, null, true);
    }

    @Override
    public void shutdownOutput() {
        outbox.finish();
    }

    @Override
    public void close() {
        closing = true;
        outbox.finish();
    }

    @Override
    public void abort() {
        tcp.abort();
    }

    @Override
    public void pauseReading(boolean pause) {
        tcp.pauseReading(pause);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, tcp::onSelectorThread)
                .execute(() -> {
                    if (!gone) {
                        task.run();
                    }
                });
    }

    @Override
    public void drained() {
        if (closing) {
            tcp.close();
        } else {
            tcp.shutdownOutput();
        }
    }

    @Override
    public void congested(boolean congested) {
        // The handler asked for what it wrote; it is bounded by the queue.
    }

    @Override
    public void overflowed() {
        tcp.broken(new IOException("more than " + QUEUE + " bytes wait on a raw connection"));
    }

    @Override
    public void check(long now) {
        if (now - startedAt > LIFETIME_NANOS) {
            tcp.abort();
        }
    }

    @Override
    public void stop(CloseReason reason) {
        tcp.abort();
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public void gone(Throwable cause) {
        gone = true;
        outbox.discard(cause);
        tcp.onSelectorThread(handler::gone);
    }
}
