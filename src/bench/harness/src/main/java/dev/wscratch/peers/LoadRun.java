package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import dev.wscratch.bench.LoadGenerator;
import dev.wscratch.bench.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All loads on all servers, round by round. Each round starts each server anew and in another order, so that what the
 * machine does meanwhile, and what a JVM happens to compile, falls on all of them.
 *
 * @param setup of the servers
 * @param peers the servers
 * @param loads the cells
 * @param warmUp before each measurement, with the same load
 * @param measured how long each takes
 * @param allocation whether to ask the servers how much they allocate
 */
record LoadRun(
        Setup setup, List<Peer> peers, List<Load> loads, Duration warmUp, Duration measured, boolean allocation) {
    /** Where each measurement and each failure goes as soon as it is there. */
    interface Listener {
        void measured(Measurement measurement);

        void failed(Peer peer, Load load, IOException failure);
    }

    void round(int round, Listener listener) throws InterruptedException {
        List<Peer> order = new ArrayList<>(peers);
        Collections.rotate(order, 1 - round);
        for (Peer peer : order) {
            if (setup.tls() != null && !peer.hasTls()) {
                continue;
            }
            try (ServerProcess server = ServerProcess.start(peer, setup)) {
                for (Load load : loads) {
                    try {
                        listener.measured(measure(peer, server, load, round));
                    } catch (IOException e) {
                        listener.failed(peer, load, e);
                    }
                }
            } catch (IOException e) {
                // It did not start: the others still can.
                loads.forEach(load -> listener.failed(peer, load, e));
            }
        }
    }

    /** One load on a server that runs. */
    Measurement measure(Peer peer, ServerProcess server, Load load, int round) throws IOException {
        // The query is for peers whose bound on a message is an allocation on each connection.
        Target target =
                new Target(server.address(), "/echo?max=" + Math.max(8192, load.size()), setup.trust(), Setup.SUITE);
        try (LoadGenerator generator = LoadGenerator.open(target, load, Setup.PATIENCE);
                Clocks clocks = new Clocks(server.pid(), allocation && peer.isJava())) {
            LoadGenerator.Report report = generator.run(warmUp, measured, clocks::start, clocks::stop);
            if (report.messages() == 0) {
                throw new IOException("no message came back in the measured time; try more --seconds");
            }
            Histogram micros = report.micros();
            return new Measurement(
                    peer,
                    load,
                    round,
                    report.messages(),
                    report.nanos() / 1e9,
                    clocks.server,
                    clocks.generator,
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    clocks.allocated);
        }
    }

    /** The clocks of both processes; between start and stop each field holds minus its first reading. */
    private static final class Clocks implements AutoCloseable {
        private final long pid;
        private final @Nullable JvmReadings jvm;
        private double server;
        private double generator;
        private double allocated = Double.NaN;

        Clocks(long pid, boolean allocation) throws IOException {
            this.pid = pid;
            this.jvm = allocation ? JvmReadings.of(pid) : null;
        }

        void start() {
            read(-1);
        }

        void stop() {
            read(1);
        }

        private void read(int sign) {
            server += sign * ProcessReadings.cpuSeconds(pid);
            generator +=
                    sign * ProcessReadings.cpuSeconds(ProcessHandle.current().pid());
            if (jvm != null) {
                allocated = (sign < 0 ? 0 : allocated) + sign * (double) jvm.allocatedBytes();
            }
        }

        @Override
        public void close() throws IOException {
            if (jvm != null) {
                jvm.close();
            }
        }
    }
}
