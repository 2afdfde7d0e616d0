package dev.wscratch.transport;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
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
final class DeflateBudget implements TransportMetrics.Compressing {
    /** zlib's inflate: a window of 32 KiB, tables and state of 7 KiB, and the allocator's share. */
    static final int INFLATER_BYTES = 44 << 10;

    /** zlib's deflate with the window and memory level of {@link java.util.zip.Deflater}: 256 KiB, state of 6 KiB. */
    static final int DEFLATER_BYTES = 268 << 10;

    private final long bytes;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final LongAdder withoutTakeover = new LongAdder();
    private final LongAdder declined = new LongAdder();

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
        private final AtomicLong all;
        private final int size;
        private boolean counted;

        private ContextCount(AtomicLong all, int size) {
            this.all = all;
            this.size = size;
        }

        void holds(boolean now) {
            if (now != counted) {
                counted = now;
                all.addAndGet(now ? size : -size);
            }
        }
    }

    /** What one connection has reserved; given back once, by {@link #release}. */
    final class Reservation {
        private final DeflateParameters agreed;
        private final int size;

        /** It got no context takeover although the client would have had it. */
        private final boolean memoryWasShort;

        /** Guarded by this object's monitor. */
        private boolean released;

        private Reservation(DeflateParameters agreed, int size, boolean memoryWasShort) {
            this.agreed = agreed;
            this.size = size;
            this.memoryWasShort = memoryWasShort;
        }

        /** {@return what the server answers} */
        DeflateParameters agreed() {
            return agreed;
        }

        /** The endpoint has accepted it. */
        void used() {
            if (memoryWasShort) {
                withoutTakeover.increment();
            }
        }

        /** {@return a new count of one inflater} */
        ContextCount countInflater() {
            return new ContextCount(held, INFLATER_BYTES);
        }

        /** {@return a new count of one deflater} */
        ContextCount countDeflater() {
            return new ContextCount(held, DEFLATER_BYTES);
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
        Optional<DeflateParameters> agreed = DeflateParameters.accept(offered, false);
        if (agreed.isEmpty()) {
            return null;
        }
        Reservation asOffered = reserve(agreed.get(), false);
        if (asOffered != null) {
            return asOffered;
        }
        Reservation alone = DeflateParameters.accept(offered, true)
                .map(agreement -> reserve(agreement, true))
                .orElse(null);
        if (alone == null) {
            declined.increment();
        }
        return alone;
    }

    private @Nullable Reservation reserve(DeflateParameters agreed, boolean memoryIsShort) {
        return reserve(agreed, agreed.serverNoContextTakeover() ? bytes : bytes / 2, memoryIsShort);
    }

    private @Nullable Reservation reserve(DeflateParameters agreed, long most, boolean memoryIsShort) {
        // A peer may leave a message unfinished for as long as it likes, so an inflater always counts. Our own messages
        // end with the call that sends them.
        boolean linked = !agreed.serverNoContextTakeover();
        int size = INFLATER_BYTES + (linked ? DEFLATER_BYTES : 0);
        if (reserved.addAndGet(size) > most) {
            reserved.addAndGet(-size);
            return null;
        }
        connections.incrementAndGet();
        return new Reservation(agreed, size, memoryIsShort);
    }

    /** {@return the most that a client can need, whatever the server will answer; null when there is no room} */
    @Nullable Reservation reserveForClient() {
        return reserve(new DeflateParameters(false, false, null, null), bytes, false);
    }

    @Override
    public long limitBytes() {
        return bytes;
    }

    @Override
    public long reservedBytes() {
        return reserved.get();
    }

    @Override
    public long heldBytes() {
        return held.get();
    }

    @Override
    public long connections() {
        return connections.get();
    }

    @Override
    public long withoutTakeover() {
        return withoutTakeover.sum();
    }

    @Override
    public long declined() {
        return declined.sum();
    }
}
