package dev.wscratch.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the server's measures from its JVM, its metrics and the kernel. Each reading collects its garbage first. */
final class Sampler {
    private final ServerProcess server;
    private final Tally tally;
    private final Path process;

    /** Written by the thread that samples, read by the probes. */
    private volatile boolean collecting;

    Sampler(ServerProcess server, Tally tally) {
        this.server = server;
        this.tally = tally;
        this.process = Path.of("/proc", Long.toString(server.pid()));
    }

    boolean isCollecting() {
        return collecting;
    }

    private void collect() throws IOException, InterruptedException {
        collecting = true;
        try {
            // Twice: what the first finds unreachable is cleaned up by a thread, and only then let go.
            server.jcmd("GC.run");
            server.jcmd("GC.run");
        } finally {
            collecting = false;
        }
    }

    /**
     * Reads all.
     *
     * @param seconds since the load began
     */
    Sample sample(double seconds) throws IOException, InterruptedException {
        collect();
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        Map<String, Double> nmt = Readings.nativeKib(server.jcmd("VM.native_memory summary"));
        // What the compilers have freed stays in a pool for some seconds, by the name of arena chunks.
        double code = Stream.of("Code", "Compiler", "Arena Chunk")
                .mapToDouble(category -> nmt.getOrDefault(category, 0.0))
                .sum();
        values.put(Measure.HEAP, Readings.heapKib(server.jcmd("GC.heap_info")));
        values.put(Measure.CODE, code);
        values.put(Measure.NATIVE, nmt.get("Total") - nmt.get("Java Heap") - code);
        String status = Files.readString(process.resolve("status"));
        values.put(Measure.RSS, Readings.status(status, "VmRSS") - code);
        values.put(Measure.OS_THREADS, Readings.status(status, "Threads"));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            values.put(Measure.DESCRIPTORS, (double) descriptors.count());
        }
        String metrics = server.metrics();
        values.put(Measure.THREADS, Readings.metric(metrics, "jvm_threads_current"));
        values.put(Measure.CLASSES, Readings.metric(metrics, "jvm_classes_currently_loaded"));
        values.put(Measure.SESSIONS, Readings.metric(metrics, "websocket_connections_active"));
        double connections = Readings.metric(metrics, "wscratch_tcp_connections");
        values.put(Measure.TCP, connections);
        values.merge(Measure.DESCRIPTORS, -connections, Double::sum);
        values.put(Measure.QUEUED, Readings.metric(metrics, "websocket_send_queue_bytes"));
        return new Sample(seconds, values, tally.total("messages"), tally.total("connections"));
    }
}
