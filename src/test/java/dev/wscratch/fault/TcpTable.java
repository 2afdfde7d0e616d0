package dev.wscratch.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kernel's TCP connections, as Linux lists them. */
final class TcpTable {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** No data is kept for a connection in TIME_WAIT, and no process holds it. */
    private static final String TIME_WAIT = "06";

    private TcpTable() {}

    /** Whether nothing is left of the connection at its end with {@code localPort}. */
    static boolean isGone(int localPort, int remotePort) throws IOException {
        return columns(localPort, remotePort).allMatch(columns -> columns[3].equals(TIME_WAIT));
    }

    /** {@return bytes that arrived at the end with {@code localPort} and that no process has read} */
    static long unreadBytes(int localPort, int remotePort) throws IOException {
        return columns(localPort, remotePort)
                .mapToLong(columns -> Long.parseLong(columns[4].substring(columns[4].indexOf(':') + 1), 16))
                .sum();
    }

    private static Stream<String[]> columns(int localPort, int remotePort) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path table : TABLES) {
            lines.addAll(Files.readAllLines(table));
        }
        String local = hex(localPort);
        String remote = hex(remotePort);
        return lines.stream()
                .map(line -> line.strip().split("\\s+", 6))
                .filter(columns -> columns[1].endsWith(local) && columns[2].endsWith(remote));
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }
}
