package dev.wscratch.transport;

import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection that a {@link RawConnection.Handler} has taken over. It ends with the server's stop, when the peer takes no
 * bytes for the write deadline, and after ten minutes at the latest, whatever the handler wants.
 */
final class RawStage implements InboundConnection.Stage, RawConnection, Outbox.Owner {
    private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();

    /** Above it reading pauses, so that a peer that does not take its answers cannot ask for more. */
    private static final int HIGH_WATER_MARK = 256 << 10;

    /** The most that may be written at once above the mark. */
    private static final int LARGEST_WRITE = 2 << 20;

    private final Tcp tcp;
    private final Handler handler;
    private final Outbox outbox;
    private final long startedAt = System.nanoTime();
    private final long writeNanos;

    /** What is done when everything was written. */
    private volatile Runnable end;

    private volatile boolean gone;

    /** The handler wants no reading. */
    private volatile boolean paused;

    RawStage(Tcp tcp, Handler handler, Duration writeDeadline) {
        this.tcp = tcp;
        this.handler = handler;
        this.writeNanos = writeDeadline.toNanos();
        this.end = tcp::shutdownOutput;
        this.outbox = new Outbox(tcp, this, HIGH_WATER_MARK, LARGEST_WRITE);
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
        endBy(tcp::close);
    }

    @Override
    public void cut() {
        endBy(tcp::cut);
    }

    private void endBy(Runnable way) {
        end = way;
        // The outbox tells only once, and not of a second wish after a half-close.
        boolean toldAlready = outbox.isDrained();
        outbox.finish();
        if (toldAlready) {
            way.run();
        }
    }

    @Override
    public void abort() {
        tcp.abort("by intent");
    }

    @Override
    public void pauseReading(boolean pause) {
        paused = pause;
        applyReading();
    }

    /** Decided on the one thread, by what holds then: of two threads that tell, the one with older news may come last. */
    private void applyReading() {
        tcp.onSelectorThread(() -> tcp.pauseReading(paused || outbox.isCongested()));
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
        end.run();
    }

    @Override
    public void congested(boolean now) {
        applyReading();
    }

    @Override
    public void overflowed() {
        tcp.broken(
                new IOException("more than " + (HIGH_WATER_MARK + LARGEST_WRITE) + " bytes wait on a raw connection"));
    }

    @Override
    public void check(long now) {
        if (now - startedAt > LIFETIME_NANOS) {
            tcp.abort("a raw connection lasts ten minutes at most");
        } else if (outbox.stalledNanos(now) > writeNanos) {
            tcp.abort("the peer took no bytes for " + TcpEnd.inWords(Duration.ofNanos(writeNanos)));
        }
    }

    @Override
    public void stop(CloseReason reason) {
        tcp.abort("the server stops");
    }

    @Override
    public TcpEnd.Phase phase() {
        return TcpEnd.Phase.NONE;
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
