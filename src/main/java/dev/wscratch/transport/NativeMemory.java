package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Gives native memory back to the operating system after many compressed connections have ended.
 *
 * <p>What zlib frees stays with the C library: with glibc the process keeps, of 1.4 GiB for 5,000 connections, all but
 * nothing, until it is asked to trim its heap. The JDK can ask (since 17.0.9, on Linux); elsewhere nothing happens. It
 * takes a fraction of a second for a GiB, so it is done rarely, and on a thread of its own.
 */
final class NativeMemory {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** Less freed memory than this is not worth a trim: the next connections will use it. */
    static final long WORTHWHILE = 64L << 20;

    /** The least time between two trims. */
    static final long GAP_NANOS = 30_000_000_000L;

    private final Runnable trim;

    /** Most that was held since the last trim; touched by the sweep's thread only. */
    private long most;

    /** What was held at the last look; touched by the sweep's thread only. */
    private long last;

    /** By {@link System#nanoTime}; touched by the sweep's thread only. */
    private long trimmedAt = System.nanoTime() - GAP_NANOS;

    NativeMemory() {
        this(() -> {
            Thread thread = new Thread(NativeMemory::trim, "wscratch-trim");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** With another way to trim, for tests. */
    NativeMemory(Runnable trim) {
        this.trim = trim;
    }

    /**
     * Trims if enough was freed, and no more since the last call; on the sweep's thread, again and again.
     *
     * @param now {@link System#nanoTime}
     * @param held bytes that are held now
     */
    void check(long now, long held) {
        most = Math.max(most, held);
        // While connections are still ending, what they free next would wait for the next trim.
        boolean calm = held >= last;
        last = held;
        if (calm && most - held >= WORTHWHILE && now - trimmedAt >= GAP_NANOS) {
            most = held;
            trimmedAt = now;
            trim.run();
        }
    }

    private static void trim() {
        try {
            Object result = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
            LOG.log(Level.DEBUG, () -> ("" + result).strip());
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.DEBUG, "this JVM cannot trim its native heap; what was freed stays with the process", e);
        }
    }

    /** {@return to be called each time the sweep looks} */
    static LongConsumer watch(DeflateBudget budget) {
        NativeMemory memory = new NativeMemory();
        return now -> memory.check(now, budget.reservedBytes());
    }
}
