package dev.wscratch.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process under /proc. */
final class ProcessReadings {
    /** {@code USER_HZ}, which Linux has fixed for programs whatever the kernel's own clock is. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessReadings() {}

    /** User and system time of all its threads so far, in seconds, to 10 ms. */
    static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name of the program is in parentheses and may have blanks; fields count from 3 after it (proc(5)).
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[14 - 3]) + Long.parseLong(fields[15 - 3])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("the process " + pid + " has ended", e);
        }
    }

    /** Its memory that is in RAM, in bytes. */
    static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow(() -> new IOException("expected VmRSS of process " + pid + ", found none"));
    }
}
