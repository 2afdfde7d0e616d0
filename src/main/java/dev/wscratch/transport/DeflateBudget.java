package dev.wscratch.transport;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The native memory that compressed connections may hold, all together.
 *
 * <p>A connection reserves, with its handshake, the most that it can ever hold, and gives it back when it ends. The first
 * half is for windows that live as long as the connection. When it is taken, offers are accepted without context takeover,
 * which needs a seventh; when there is no room for that either, they are declined. Both are a server's right (RFC 7692 sections
 * 7.1.1 and 5), and the peer notices no more than larger messages.
 *
 * <p>Safe for use by many threads.
 */
final class DeflateBudget {
    /** zlib's inflate: a window of 32 KiB, tables and state of 7 KiB, and the allocator's share. */
    static final int INFLATER_BYTES = 44 << 10;

    /** zlib's deflate with the window and memory level of {@link java.util.zip.Deflater}: 256 KiB, state of 6 KiB. */
    static final int DEFLATER_BYTES = 268 << 10;

    private final long bytes;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger contexts = new AtomicInteger();

    /**
     * Makes a budget.
     *
     * @param bytes 0 declines every offer
     */
    DeflateBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Whether one inflater or deflater holds native memory. Guarded by its user's lock. */
    static final class ContextCount {
        private final AtomicInteger all;
        private boolean counted;

        private ContextCount(AtomicInteger all) {
            this.all = all;
        }

        void holds(boolean now) {
            if (now != counted) {
                counted = now;
                all.addAndGet(now ? 1 : -1);
            }
        }
    }

    /** What one connection has reserved; given back once, by {@link #release}. */
    final class Reservation {
        private final DeflateParameters agreed;
        private final int size;

        /** Guarded by this object's monitor. */
        private boolean released;

        private Reservation(DeflateParameters agreed, int size) {
            this.agreed = agreed;
            this.size = size;
        }

        /** {@return what the server answers} */
        DeflateParameters agreed() {
            return agreed;
        }

        /** {@return a new count of one inflater or deflater} */
        ContextCount countContext() {
            return new ContextCount(contexts);
        }

        /** Gives the memory back; a second call does nothing. */
        void release() {
            synchronized (this) {
                if (released) {
                    return;
                }
                released = true;
            }
            reserved.addAndGet(-size);
            connections.decrementAndGet();
        }
    }

    /**
     * Judges a client's offers and reserves what the agreement needs.
     *
     * @param offered the request's extensions
     * @return null when there is nothing to agree on, or no room
     */
    @Nullable Reservation reserve(List<Extension> offered) {
        Reservation linked = reserve(offered, false);
        return linked == null ? reserve(offered, true) : linked;
    }

    private @Nullable Reservation reserve(List<Extension> offered, boolean noTakeover) {
        Optional<DeflateParameters> agreed = DeflateParameters.accept(offered, noTakeover);
        if (agreed.isEmpty()) {
            return null;
        }
        // A peer may leave a message unfinished for as long as it likes, so an inflater always counts. Our own messages
        // end with the call that sends them.
        int size = INFLATER_BYTES + (agreed.get().serverNoContextTakeover() ? 0 : DEFLATER_BYTES);
        boolean linked = !agreed.get().serverNoContextTakeover();
        if (reserved.addAndGet(size) > (linked ? bytes / 2 : bytes)) {
            reserved.addAndGet(-size);
            return null;
        }
        connections.incrementAndGet();
        return new Reservation(agreed.get(), size);
    }

    /** {@return the most that a client can need, whatever the server will answer; null when there is no room} */
    @Nullable Reservation reserveForClient() {
        int size = INFLATER_BYTES + DEFLATER_BYTES;
        if (reserved.addAndGet(size) > bytes) {
            reserved.addAndGet(-size);
            return null;
        }
        connections.incrementAndGet();
        return new Reservation(new DeflateParameters(false, false, null, null), size);
    }

    /** {@return bytes that live connections have reserved} */
    long reserved() {
        return reserved.get();
    }

    /** {@return inflaters and deflaters whose native memory has not been freed} */
    int contexts() {
        return contexts.get();
    }

    /** {@return live connections that have agreed on compression} */
    int connections() {
        return connections.get();
    }
}
