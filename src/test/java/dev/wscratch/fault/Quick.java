package dev.wscratch.fault;

import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Deadlines that a test can wait for. */
final class Quick {
    /** Of every step that a peer may take too long over. */
    static final Duration STEP = Duration.ofMillis(500);

    /** Longer, since it includes the handshake of TLS, which takes its time when the machine is busy. */
    static final Duration HANDSHAKE = STEP.multipliedBy(3);

    /** Longer, so that a test's reader that waits for a busy machine is not taken for a stuck one. */
    static final Duration WRITE = STEP.multipliedBy(2);

    /** What a busy machine may add to a deadline. */
    static final Duration SLACK = Duration.ofSeconds(4);

    /** Pings come rarely, so that a test's peer need not answer them. */
    static final Deadlines DEADLINES = withPing(Duration.ofSeconds(60));

    private Quick() {}

    static Deadlines withPing(Duration interval) {
        return new Deadlines(
                HANDSHAKE, STEP, WRITE, STEP, STEP.multipliedBy(4), Duration.ZERO, interval, Duration.ZERO);
    }

    /** A port for a process that cannot be asked which one it took. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
