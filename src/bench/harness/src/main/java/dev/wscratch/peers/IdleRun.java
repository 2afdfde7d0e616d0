package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import dev.wscratch.bench.LoadGenerator;
import dev.wscratch.bench.Target;
import dev.wscratch.wire.Opcode;
import java.io.IOException;
import java.time.Duration;

/**
 * What idle connections cost a server in memory.
 *
 * @param setup of the server
 * @param connections how many
 */
record IdleRun(Setup setup, int connections) {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /**
     * Bytes of memory.
     *
     * @param peer the server
     * @param started RSS before any connection
     * @param opened RSS with all of them open
     * @param used RSS after each of them has echoed one message of 64 bytes
     * @param liveHeap of the heap after a collection at that point; -1 if it is not a JVM
     */
    record Footprint(Peer peer, long started, long opened, long used, long liveHeap) {}

    Footprint measure(Peer peer) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(peer, setup)) {
            long started = ProcessReadings.residentBytes(server.pid());
            Target target = new Target(server.address(), "/echo", setup.trust(), Setup.SUITE);
            Load load = new Load(connections, 1, 64, Opcode.BINARY);
            try (LoadGenerator generator = LoadGenerator.open(target, load, Setup.PATIENCE)) {
                generator.idle(SETTLE);
                long opened = ProcessReadings.residentBytes(server.pid());
                generator.once();
                generator.idle(SETTLE);
                long used = ProcessReadings.residentBytes(server.pid());
                return new Footprint(peer, started, opened, used, liveHeap(peer, server));
            }
        }
    }

    private static long liveHeap(Peer peer, ServerProcess server) throws IOException {
        if (!peer.isJava()) {
            return -1;
        }
        try (JvmReadings jvm = JvmReadings.of(server.pid())) {
            return jvm.liveHeapBytes();
        }
    }
}
