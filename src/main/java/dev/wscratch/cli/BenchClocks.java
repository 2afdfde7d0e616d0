package dev.wscratch.cli;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** What this process and the server's cost while {@code bench} measures. */
final class BenchClocks implements AutoCloseable {
    /**
     * The readings.
     *
     * @param cpuSeconds of this process
     * @param gcMaxMillis the longest pause of its collector
     * @param serverCpuSeconds NaN if no process was named, or it has ended
     * @param serverBytes of memory at the end; -1 if that is not known
     */
    record Readings(double cpuSeconds, long gcMaxMillis, double serverCpuSeconds, long serverBytes) {}

    private final long serverPid;
    private final AtomicLong gcMaxMillis = new AtomicLong();
    private final List<NotificationEmitter> collectors = new ArrayList<>();
    private final NotificationListener listener = (notification, unused) -> {
        if (notification.getUserData() instanceof CompositeData data
                && notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long millis =
                    GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
            gcMaxMillis.accumulateAndGet(millis, Math::max);
        }
    };

    /** CPU seconds at the start; between start and end minus the first reading. */
    private volatile double cpu;

    private volatile double serverCpu = Double.NaN;

    /** Reads a server's process too, unless that is 0. */
    BenchClocks(long serverPid) {
        this.serverPid = serverPid;
        ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> {
            if (bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                collectors.add(emitter);
            }
        });
    }

    void start() {
        gcMaxMillis.set(0);
        cpu = -cpuSeconds(ProcessHandle.current().pid());
        serverCpu = serverPid == 0 ? Double.NaN : -cpuSeconds(serverPid);
    }

    void end() {
        double own = cpu + cpuSeconds(ProcessHandle.current().pid());
        cpu = own;
        double servers = serverPid == 0 ? Double.NaN : serverCpu + cpuSeconds(serverPid);
        serverCpu = servers;
    }

    Readings readings() {
        return new Readings(cpu, gcMaxMillis.get(), serverCpu, residentBytes(serverPid));
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e9)
                .orElse(Double.NaN);
    }

    /** As Linux tells it. */
    private static long residentBytes(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        if (pid == 0 || !Files.isReadable(status)) {
            return -1;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1L);
        } catch (IOException e) {
            return -1; // It has ended meanwhile.
        }
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("Expected the listener that was added", e);
            }
        }
    }
}
