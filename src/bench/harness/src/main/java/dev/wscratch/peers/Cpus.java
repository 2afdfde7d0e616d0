package dev.wscratch.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which cores this process may use, and how to bind a process to some of them: {@code taskset}. */
final class Cpus {
    private Cpus() {}

    /** The cores that this process may use, ascending. */
    static List<Integer> allowed() throws IOException {
        String list = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElseThrow(() -> new IOException("expected Cpus_allowed_list in /proc/self/status, found none"))
                .substring("Cpus_allowed_list:".length())
                .strip();
        List<Integer> cpus = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(range.substring(dash + 1));
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }

    /** What goes before a command so that it runs on those cores alone; the process stays the same one. */
    static List<String> bound(String cpus) {
        return List.of("taskset", "-c", cpus);
    }

    /** Binds all threads of this JVM, and so those that they will start. */
    static void bindSelf(String cpus) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        Process process = new ProcessBuilder("taskset", "-a", "-c", "-p", cpus, pid)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("expected taskset to bind the load generator to core " + cpus + ", got: " + said);
        }
    }
}
