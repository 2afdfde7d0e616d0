package dev.wscratch.peer;

import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongUnaryOperator;

/** The threads on which the servers of this process read, write and inflate. */
public final class Selectors {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Selectors() {}

    /** Bytes of heap that they have allocated since their start. */
    public static long allocatedBytes() {
        return sum(THREADS::getThreadAllocatedBytes);
    }

    /** Fails unless there comes, soon, half a second in which they use less than a tenth of a processor. */
    public static void assertTheyRest() {
        await().pollInterval(Duration.ofMillis(500))
                .pollInSameThread()
                .atMost(Duration.ofSeconds(5))
                .until(
                        new Usage()::since,
                        nanos -> nanos < Duration.ofMillis(50).toNanos());
    }

    /** Nanoseconds of processor time since the last call. */
    private static final class Usage {
        private long last = sum(THREADS::getThreadCpuTime);

        long since() {
            long before = last;
            last = sum(THREADS::getThreadCpuTime);
            return last - before;
        }
    }

    private static long sum(LongUnaryOperator ofThread) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wscratch-selector"))
                .mapToLong(Thread::getId)
                .map(ofThread)
                .sum();
    }
}
