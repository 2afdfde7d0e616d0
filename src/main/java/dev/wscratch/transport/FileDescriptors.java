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

    /** The limits, with fewer connections if the operating system allows fewer; says so once. */
    static Limits within(Limits limits) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os)) {
            return limits;
        }
        long free = os.getMaxFileDescriptorCount() - os.getOpenFileDescriptorCount() - RESERVE;
        if (os.getMaxFileDescriptorCount() <= 0 || free >= limits.maxConnections()) {
            return limits;
        }
        int most = (int) Math.max(1, free);
        // A few less than asked for is nothing to tell everybody about.
        LOG.log(
                most < limits.maxConnections() / 2 ? Level.INFO : Level.DEBUG,
                () -> "limit max_connections=" + most + " wanted=" + limits.maxConnections() + " open_files="
                        + os.getMaxFileDescriptorCount()
                        + " why=\"each connection is a file; raise with 'ulimit -n'\"");
        return limits.withMaxConnections(most);
    }
}
