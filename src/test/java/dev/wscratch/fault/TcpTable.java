package dev.wscratch.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The kernel's TCP connections, as Linux lists them. */
final class TcpTable {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** No data is kept for a connection in TIME_WAIT, and no process holds it. */
    private static final String TIME_WAIT = "06";

    private TcpTable() {}

    /** Whether nothing is left of the connection at its end with {@code localPort}. */
    static boolean isGone(int localPort, int remotePort) throws IOException {
        String local = hex(localPort);
        String remote = hex(remotePort);
        for (Path table : TABLES) {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().split("\\s+", 5);
                if (columns[1].endsWith(local) && columns[2].endsWith(remote) && !columns[3].equals(TIME_WAIT)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }
}
