package dev.wscratch.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clocks of one WebSocket: how long a frame, a write, a close and a silence have lasted.
 *
 * <p>The reading thread tells what happens; the sweep asks again and again whether something has lasted too long. No
 * timer is set for a message or a connection.
 */
final class ConnectionWatch {
    /** What is done about a clock that has run out. On the sweep's thread. */
    interface Owner {
        /** The TCP connection ends now, for a reason that a person is told. */
        void cut(String why);

        /** The peer takes no bytes. */
        void writeTooSlow();

        /** A frame was begun and not finished. */
        void frameTooSlow();

        /** No message has come for long. */
        void idle();

        /** It is time to ask whether the peer is there. */
        void ping(ByteBuffer payload);
    }

    private final Deadlines deadlines;
    private final Owner owner;
    private final Heartbeat heartbeat;

    /** As {@link System#nanoTime}. */
    private final LongSupplier clock;

    /**
     * When the frame under way began to come; 0 between frames. Set by the reading thread; the sweep may move it, but only
     * while it is about the same frame.
     */
    private final AtomicLong frameSince = new AtomicLong();

    /** When a data frame last came. Set by the reading thread, and by the sweep while nothing is read. */
    private volatile long activeSince;

    /** When the TCP connection is cut; 0 while nobody wants that. Set under this object's monitor. */
    private volatile long cutAt;

    /** Why it is cut then; set before {@link #cutAt}, under this object's monitor. */
    private volatile String cutWhy = "";

    ConnectionWatch(Deadlines deadlines, Owner owner) {
        this(deadlines, owner, System::nanoTime);
    }

    ConnectionWatch(Deadlines deadlines, Owner owner, LongSupplier clock) {
        this.deadlines = deadlines;
        this.owner = owner;
        this.clock = clock;
        this.activeSince = clock.getAsLong();
        this.heartbeat = new Heartbeat(deadlines.pingInterval(), activeSince);
    }

    /** All that was read is used up; {@code midFrame} when a frame is not complete. */
    void waitsForInput(boolean midFrame) {
        if (!midFrame) {
            frameEnded();
        } else if (frameSince.get() == 0) {
            frameSince.set(notZero(clock.getAsLong()));
        }
    }

    /** A frame is complete, or no more are wanted. */
    void frameEnded() {
        // Looked at first, because most frames come whole and a store that all threads see at once is dear.
        if (frameSince.get() != 0) {
            frameSince.set(0);
        }
    }

    /** A data frame came. */
    void active() {
        activeSince = clock.getAsLong();
    }

    /** {@return the round trip if {@code pong} answers one of our Pings, in nanoseconds, else -1} */
    long roundTrip(ByteBuffer pong) {
        return heartbeat.answered(pong, clock.getAsLong()) ? heartbeat.roundTripNanos() : -1;
    }

    /** Cuts the TCP connection after so long and says why, or sooner if that was wanted already. */
    synchronized void cutAfter(long nanos, String why) {
        long at = clock.getAsLong() + nanos;
        if (cutAt == 0 || at - cutAt < 0) {
            cutWhy = why;
            cutAt = notZero(at);
        }
    }

    /** Zero stands for a clock that does not run. */
    private static long notZero(long nanos) {
        return nanos == 0 ? 1 : nanos;
    }

    /**
     * Looks at every clock.
     *
     * @param now {@link System#nanoTime}
     * @param stalledNanos for how long the peer has taken no byte
     * @param open whether neither side has closed
     * @param reading whether the peer's bytes are being read
     */
    void check(long now, long stalledNanos, boolean open, boolean reading) {
        long cut = cutAt;
        if (cut != 0 && now - cut >= 0) {
            owner.cut(cutWhy);
        } else if (stalledNanos > deadlines.write().toNanos()) {
            owner.writeTooSlow();
        } else if (open && reading) {
            checkPeer(now);
        } else if (open) {
            // Nothing is read, so neither a frame's rest nor a message nor a Pong can have come.
            long frame = frameSince.get();
            if (frame != 0) {
                // Not if the reading thread has come to the frame's end just now: between frames this clock stands
                // still.
                frameSince.compareAndSet(frame, notZero(now));
            }
            activeSince = now;
            heartbeat.excuse(now);
        }
    }

    /** {@return whether a frame was begun so long ago that it should be complete} */
    boolean isFrameLate(long now) {
        long frame = frameSince.get();
        return frame != 0 && now - frame > deadlines.frame().toNanos();
    }

    private void checkPeer(long now) {
        if (isFrameLate(now)) {
            owner.frameTooSlow();
        } else if (!deadlines.idle().isZero()
                && now - activeSince > deadlines.idle().toNanos()) {
            owner.idle();
        } else {
            switch (heartbeat.due(now)) {
                case NOTHING -> {}
                case PING -> owner.ping(heartbeat.ping(now));
                case DEAD -> owner.cut("two pings unanswered");
            }
        }
    }
}
