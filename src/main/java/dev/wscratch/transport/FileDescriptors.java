package dev.wscratch.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/**
 * How many connections the process can hold. A server that runs out of file descriptors can neither accept nor refuse,
 * and its accept loop spins; so it refuses a little before.
 */
final class FileDescriptors {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** Left for class files, logs and the like. */
    private static final long RESERVE = 64;

    private FileDescriptors() {}

    /** {@return the limits, with fewer connections if the operating system allows fewer} */
    static Limits within(Limits limits) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os)) {
            return limits;
        }
        long free = os.getMaxFileDescriptorCount() - os.getOpenFileDescriptorCount() - RESERVE;
        if (os.getMaxFileDescriptorCount() <= 0 || free >= limits.maxConnections()) {
            return limits;
        }
        return limits.withMaxConnections((int) Math.max(1, free));
    }

    /** Says once, of a server that has started, that it has fewer places than were asked for. */
    static void report(Limits asked, Limits got) {
        if (got.maxConnections() < asked.maxConnections()) {
            // A few less than asked for is nothing to tell everybody about.
            LOG.log(
                    got.maxConnections() < asked.maxConnections() / 2 ? Level.INFO : Level.DEBUG,
                    () -> "limit max_connections=" + got.maxConnections() + " wanted=" + asked.maxConnections()
                            + " why=\"each connection is a file; raise with 'ulimit -n'\"");
        }
    }
}
