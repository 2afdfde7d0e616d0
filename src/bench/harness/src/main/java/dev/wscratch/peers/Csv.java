package dev.wscratch.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Every measurement as a line of a file, as soon as it is there, so that a run that is stopped leaves what it has. */
final class Csv implements Closeable {
    private final PrintWriter out;

    Csv(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        out = new PrintWriter(Files.newBufferedWriter(file), true);
        out.println("server,round,connections,in_flight,size,type,messages,seconds,server_cpu_seconds,"
                + "generator_cpu_seconds,messages_per_cpu_second,p50_ms,p99_ms,allocated_bytes_per_message,"
                + "generator_bound");
    }

    void add(Measurement m) {
        out.printf(
                Locale.ROOT,
                "%s,%d,%d,%d,%d,%s,%d,%.3f,%.2f,%.2f,%.1f,%.3f,%.3f,%.1f,%s%n",
                m.peer().key(),
                m.round(),
                m.load().connections(),
                m.load().inFlight(),
                m.load().size(),
                m.load().type(),
                m.messages(),
                m.seconds(),
                m.serverCpu(),
                m.generatorCpu(),
                m.messagesPerCpuSecond(),
                m.p50(),
                m.p99(),
                m.allocatedPerMessage(),
                m.isGeneratorBound());
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (out.checkError()) {
            throw new IOException("expected to write the CSV file, but the disk took not all of it");
        }
    }
}
