package dev.wscratch.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes on their way to one peer: queued within a bound, joined into batches, one batch at a time with the channel.
 *
 * <p>While the outbox is corked, what is added waits, so that the answers to all frames of one read leave in one write.
 * Above the high-water mark the owner is told, so that it stops reading; a peer that does not take its bytes thus stops
 * being served, and {@link #stalledNanos} tells for how long. A peer that takes its bytes as fast as they come is served
 * in turns, or it would keep the thread that serves the others.
 *
 * <p>The bound: anything is taken while no more than the high-water mark is queued, and beyond that as long as the queue
 * stays within the mark plus one largest message. What does not fit is refused; nothing that was taken is ever dropped
 * while the connection lives.
 *
 * <p>Safe for use by many threads. Callbacks run without a lock held.
 */
final class Outbox {
    /** What the owner of an outbox is told. */
    interface Owner {
        /**
         * The queue rose above the high-water mark, or fell well below it again. Two threads may tell both in any order:
         * what holds now is {@link #isCongested}.
         */
        void congested(boolean congested);

        /** The queue is full: a message was refused. */
        void overflowed();

        /** {@link #finish} was called, and everything before it was written. */
        void drained();
    }

    /** The channel that an outbox writes to. */
    interface Channel {
        /** Writes all of {@code parts} one after another, now or later, after what was written before. */
        void write(List<ByteBuffer> parts, Progress progress);

        /** Ends the connection after a failed write. */
        void broken(Throwable cause);

        /** Runs a task on the thread that reads this connection, after what it does now. */
        void onSelectorThread(Runnable task);
    }

    /** What the channel tells about one write. */
    interface Progress {
        /** Some bytes went out, not yet all. */
        void advanced();

        /** All bytes went out. */
        void completed();

        /** The rest will never go out. */
        void failed(Throwable cause);
    }

    /** Told when one message was written or could not be. What it throws is logged and changes nothing. */
    interface Sent {
        void written();

        void failed(Throwable cause);
    }

    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** A batch is complete as soon as it has so many bytes. */
    private static final int BATCH = 64 << 10;

    /** The largest piece of a frame that is written at once. */
    private static final int PIECE = 1 << 20;

    /** Bytes after which a thread that still has some to write lets the selector's other connections go first. */
    private static final int TURN = 4 << 20;

    private final Channel channel;
    private final Owner owner;
    private final int highWaterMark;
    private final long bound;

    private final Object lock = new Object();

    /** Not yet with the channel; guarded by {@code lock}. */
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();

    /** Bytes queued or with the channel; guarded by {@code lock}. */
    private long bytes;

    /** A batch is with the channel, or its callbacks are running; guarded by {@code lock}. */
    private boolean writing;

    /** Guarded by {@code lock}. */
    private boolean corked;

    /** The owner was told that the queue is above the mark; guarded by {@code lock}. */
    private boolean congested;

    /** Nothing more is taken; guarded by {@code lock}. */
    private boolean finished;

    /** The connection is gone; guarded by {@code lock}. */
    private @Nullable Throwable broken;

    /** When bytes with the channel last moved, by {@link System#nanoTime}; 0 when none are with it. */
    private volatile long waitingSince;

    /**
     * What became of a message; {@link #settle} does what follows of it.
     *
     * @param sent told of a refusal
     * @param refused why it was not taken, or null
     * @param overflow it was refused because the queue is full
     * @param rose the queue has risen above the high-water mark with it
     * @param held it waits for an {@link #uncork}, or for the end of a write that will go on with it
     */
    record Added(@Nullable Sent sent, @Nullable Throwable refused, boolean overflow, boolean rose, boolean held) {}

    private record Pending(ByteBuffer bytes, @Nullable Sent sent) {}

    Outbox(Channel channel, Owner owner, int highWaterMark, int largestMessage) {
        this.channel = channel;
        this.owner = owner;
        this.highWaterMark = highWaterMark;
        this.bound = (long) highWaterMark + largestMessage + 14;
    }

    /**
     * Adds bytes and writes them unless the outbox is corked.
     *
     * @param message not to be changed until it was written
     * @param sent told once; null when nobody cares
     * @param flush write at once even when corked, for a caller that waits
     */
    void add(ByteBuffer message, @Nullable Sent sent, boolean flush) {
        settle(put(null, message, sent, false), flush);
    }

    /**
     * The first half of {@link #add}, for a caller that holds a lock to keep its messages in order: queues, writes and
     * tells nothing. {@link #settle} must follow when the lock is free.
     */
    Added put(ByteBuffer message, @Nullable Sent sent) {
        return put(null, message, sent, false);
    }

    /** As above, for a message whose header is not joined to it. */
    Added put(ByteBuffer header, ByteBuffer payload, @Nullable Sent sent) {
        return put(header, payload, sent, false);
    }

    /** As {@link #addLast}, in halves as {@link #add}. */
    Added putLast(ByteBuffer close, @Nullable Sent sent) {
        return put(null, close, sent, true);
    }

    /** Adds a Close frame, also when the queue is full, then takes nothing more; {@link #finish} is implied. */
    void addLast(ByteBuffer close, @Nullable Sent sent) {
        settle(putLast(close, sent), true);
    }

    private Added put(@Nullable ByteBuffer header, ByteBuffer message, @Nullable Sent sent, boolean last) {
        int size = message.remaining() + (header == null ? 0 : header.remaining());
        boolean rose = false;
        Throwable refused = null;
        boolean overflow = false;
        boolean held;
        synchronized (lock) {
            held = writing || corked;
            if (broken != null) {
                refused = new IOException("the connection is closed", broken);
            } else if (finished) {
                refused = new IOException("the connection is closing: nothing can be sent after a Close frame");
            } else if (!last && bytes > highWaterMark && bytes + size > bound) {
                overflow = true;
                refused = new IOException("send queue full: " + bytes + " bytes wait for a slow peer, at most " + bound
                        + " may; send less, or wait for each send to complete");
            } else {
                if (header != null) {
                    queue.add(new Pending(header, null));
                }
                queue.add(new Pending(message, sent));
                finished = last;
                bytes += size;
                if (bytes > highWaterMark && !congested) {
                    congested = true;
                    rose = true;
                }
            }
        }
        return new Added(sent, refused, overflow, rose, held);
    }

    /** The second half of {@link #add}. */
    void settle(Added added, boolean flush) {
        if (added.refused != null) {
            tellFailed(added.sent, added.refused);
            if (added.overflow) {
                owner.overflowed();
            }
            return;
        }
        if (added.rose) {
            owner.congested(true);
        }
        if (flush || !added.held) {
            flush(flush);
        }
    }

    /** Holds back what is added from now on, until {@link #uncork}. */
    void cork() {
        synchronized (lock) {
            corked = true;
        }
    }

    /** Writes what was held back. */
    void uncork() {
        synchronized (lock) {
            corked = false;
        }
        flush(false);
    }

    /** Takes nothing more; tells the owner when everything was written. */
    void finish() {
        boolean empty;
        synchronized (lock) {
            if (finished) {
                return;
            }
            finished = true;
            empty = bytes == 0 && broken == null;
        }
        if (empty) {
            owner.drained();
        } else {
            flush(true);
        }
    }

    /** Gives up: everything that waits fails with {@code cause}. */
    void discard(Throwable cause) {
        List<Pending> lost;
        synchronized (lock) {
            if (broken != null) {
                return;
            }
            broken = cause;
            lost = new ArrayList<>(queue);
            queue.clear();
            bytes = 0;
            waitingSince = 0;
        }
        for (Pending pending : lost) {
            tellFailed(pending.sent, new IOException("the connection is closed", cause));
        }
    }

    /** The application's own code may be behind it, whose trouble must not keep the rest from being told. */
    private static void tellFailed(@Nullable Sent sent, Throwable cause) {
        try {
            if (sent != null) {
                sent.failed(cause);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a handler of a failed send failed itself", e);
        }
    }

    /** As {@link #tellFailed}: or the outbox would wait for ever for the end of this write. */
    private static void tellWritten(Sent sent) {
        try {
            sent.written();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a handler of a completed send failed", e);
        }
    }

    /** {@return for how long bytes have been with the channel without any moving, in nanoseconds; 0 when none are} */
    long stalledNanos(long now) {
        long since = waitingSince;
        return since == 0 ? 0 : Math.max(0, now - since);
    }

    /** {@return whether nothing more is taken and everything was written} */
    boolean isDrained() {
        synchronized (lock) {
            return finished && bytes == 0;
        }
    }

    /** {@return whether the queue is above the high-water mark, or has not fallen well below it since it was} */
    boolean isCongested() {
        synchronized (lock) {
            return congested;
        }
    }

    /** {@return bytes queued or with the channel} */
    long queuedBytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    private void flush(boolean evenIfCorked) {
        for (int left = TURN; left > 0; ) {
            Batch batch;
            synchronized (lock) {
                if (writing || broken != null || queue.isEmpty() || (corked && !evenIfCorked)) {
                    return;
                }
                writing = true;
                // Not from add: what is held back by a cork waits for us, not for the peer.
                waitingSince = now();
                batch = takeBatch();
            }
            left -= batch.size;
            channel.write(batch.parts, batch);
            if (!batch.completedBeforeReturn()) {
                return;
            }
        }
        // A peer that takes bytes as fast as they are made would keep this thread for ever.
        channel.onSelectorThread(() -> flush(evenIfCorked));
    }

    /** Called with {@code lock} held. */
    private Batch takeBatch() {
        List<ByteBuffer> parts = new ArrayList<>(Math.min(queue.size(), 16));
        List<Sent> sents = List.of();
        int size = 0;
        while (size < BATCH) {
            Pending next = queue.peek();
            if (next == null) {
                break;
            }
            int left = next.bytes.remaining();
            if (left > PIECE) {
                parts.add(next.bytes.slice(next.bytes.position(), PIECE));
                next.bytes.position(next.bytes.position() + PIECE);
                size += PIECE;
                break;
            }
            queue.remove();
            parts.add(next.bytes);
            size += left;
            if (next.sent != null) {
                sents = sents.isEmpty() ? new ArrayList<>() : sents;
                sents.add(next.sent);
            }
        }
        return new Batch(parts, sents, size);
    }

    private static long now() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }

    /** Some bytes that are with the channel. */
    private final class Batch implements Progress {
        private final List<ByteBuffer> parts;
        private final List<Sent> sents;
        private final int size;

        /** Whether {@code write} has returned or the write has completed, whichever was first; guarded by {@code lock}. */
        private boolean first = true;

        Batch(List<ByteBuffer> parts, List<Sent> sents, int size) {
            this.parts = parts;
            this.sents = sents;
            this.size = size;
        }

        /** Called by the writer after {@code write} returned: true when the write is complete, so that it goes on. */
        boolean completedBeforeReturn() {
            synchronized (lock) {
                boolean completed = !first;
                first = false;
                return completed;
            }
        }

        @Override
        public void completed() {
            for (Sent sent : sents) {
                tellWritten(sent);
            }
            boolean fell = false;
            boolean empty;
            boolean writerHasLeft;
            synchronized (lock) {
                if (broken != null) {
                    return;
                }
                writing = false;
                Outbox.this.bytes -= size;
                waitingSince = 0;
                if (congested && Outbox.this.bytes <= highWaterMark / 2) {
                    congested = false;
                    fell = true;
                }
                empty = Outbox.this.bytes == 0 && finished;
                writerHasLeft = !first;
                first = false;
            }
            if (fell) {
                owner.congested(false);
            }
            if (empty) {
                owner.drained();
            }
            if (writerHasLeft) {
                flush(false);
            }
        }

        @Override
        public void advanced() {
            waitingSince = now();
        }

        @Override
        public void failed(Throwable cause) {
            for (Sent sent : sents) {
                tellFailed(sent, cause);
            }
            discard(cause);
            channel.broken(cause);
        }
    }
}
