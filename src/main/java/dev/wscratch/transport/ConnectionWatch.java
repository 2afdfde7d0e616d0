package dev.wscratch.transport;

import java.nio.ByteBuffer;

/**
 * The clocks of one WebSocket: how long a frame, a write, a close and a silence have lasted.
 *
 * <p>The reading thread tells what happens; the sweep asks again and again whether something has lasted too long. No
 * timer is set for a message or a connection.
 */
final class ConnectionWatch {
    /** What is done about a clock that has run out. On the sweep's thread. */
    interface Owner {
        /** The TCP connection ends now. */
        void cut();

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

    /** When the frame under way began to come, by {@link System#nanoTime}; 0 between frames. Set by the reading thread. */
    private volatile long frameSince;

    /** When a message last came, by {@link System#nanoTime}. Set by the reading thread. */
    private volatile long activeSince = System.nanoTime();

    /** When the TCP connection is cut, by {@link System#nanoTime}; 0 while nobody wants that. */
    private volatile long cutAt;

    ConnectionWatch(Deadlines deadlines, Owner owner) {
        this.deadlines = deadlines;
        this.owner = owner;
        this.heartbeat = new Heartbeat(deadlines.pingInterval());
    }

    /** All that was read is used up; {@code midFrame} when a frame is not complete. */
    void waitsForInput(boolean midFrame) {
        if (!midFrame) {
            frameSince = 0;
        } else if (frameSince == 0) {
            frameSince = System.nanoTime();
        }
    }

    /** A frame is complete, or no more are wanted. */
    void frameEnded() {
        frameSince = 0;
    }

    /** A data frame came. */
    void active() {
        activeSince = System.nanoTime();
    }

    /** {@return the round trip if {@code pong} answers one of our Pings, in nanoseconds, else -1} */
    long roundTrip(ByteBuffer pong) {
        return heartbeat.answered(pong, System.nanoTime()) ? heartbeat.roundTripNanos() : -1;
    }

    /** Cuts the TCP connection after so long, or sooner if that was wanted already. */
    synchronized void cutAfter(long nanos) {
        long at = System.nanoTime() + nanos;
        if (cutAt == 0 || at - cutAt < 0) {
            cutAt = at == 0 ? 1 : at;
        }
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
            owner.cut();
        } else if (stalledNanos > deadlines.write().toNanos()) {
            owner.writeTooSlow();
        } else if (open && reading) {
            checkPeer(now);
        } else if (open) {
            // Nothing is read, so neither a frame's rest nor a Pong can have come.
            frameSince = frameSince == 0 ? 0 : now;
            heartbeat.excuse(now);
        }
    }

    private void checkPeer(long now) {
        long frame = frameSince;
        if (frame != 0 && now - frame > deadlines.frame().toNanos()) {
            owner.frameTooSlow();
        } else if (!deadlines.idle().isZero()
                && now - activeSince > deadlines.idle().toNanos()) {
            owner.idle();
        } else {
            switch (heartbeat.due(now)) {
                case NOTHING -> {}
                case PING -> owner.ping(heartbeat.ping(now));
                case DEAD -> owner.cut();
            }
        }
    }
}
