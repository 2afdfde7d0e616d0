package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What this process holds: bytes of heap after a collection, live threads, open file descriptors.
 *
 * @param heap bytes in use after a full collection
 * @param threads ids and names; those of the JDK that come and go by themselves left out
 * @param descriptors open files and sockets
 */
record Footprint(long heap, Set<String> threads, long descriptors) {
    private static final long HEAP_TOLERANCE = 12L << 20;
    private static final int THREADS_TOLERANCE = 2;

    /** Class files are read from jars that stay open. */
    private static final int DESCRIPTORS_TOLERANCE = 12;

    private static final Duration RETURNS_WITHIN = Duration.ofSeconds(10);

    static Footprint now() {
        return new Footprint(heapAfterCollection(), liveThreads(), openDescriptors());
    }

    /** As the collector found it at its end: what other threads allocate since is not in it. */
    static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static Set<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .map(thread -> thread.getId() + " " + thread.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** Waits until the process holds no more than it did, but for a tolerance. */
    void assertIsBackSoon() {
        await().atMost(RETURNS_WITHIN)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> now().assertNotMuchMoreThan(this));
    }

    private void assertNotMuchMoreThan(Footprint baseline) {
        Set<String> more = new TreeSet<>(threads);
        more.removeAll(baseline.threads);
        assertThat(more).as("threads that stay behind").hasSizeLessThanOrEqualTo(THREADS_TOLERANCE);
        assertThat(descriptors)
                .as("file descriptors")
                .isLessThanOrEqualTo(baseline.descriptors + DESCRIPTORS_TOLERANCE);
        assertThat(heap).as("heap after collection").isLessThanOrEqualTo(baseline.heap + HEAP_TOLERANCE);
    }
}
