package dev.wscratch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server that is soaked: a process of its own, with a configuration folder of its own. Closing it ends both. */
final class ServerProcess implements AutoCloseable {
    private static final int STARTS_WITHIN_SECONDS = 300; // The launcher may have to build first.
    private static final int STOPS_WITHIN_SECONDS = 20;

    private final Process process;
    private final Path configuration;
    private final Path log;
    private final Door plain;
    private final Door secure;

    private ServerProcess(Process process, Path configuration, Path log) throws IOException, InterruptedException {
        this.process = process;
        this.configuration = configuration;
        this.log = log;
        this.plain = new Door("ws", port("ws"), null);
        this.secure = new Door("wss", port("wss"), Scheme.trusting(configuration.resolve("wscratch/localhost.pem")));
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command whose process becomes the server
     * @param javaOptions for its JVM
     * @param log takes its output
     */
    static ServerProcess start(List<String> command, String javaOptions, Path log)
            throws IOException, InterruptedException {
        Path configuration = Files.createTempDirectory("wscratch-soak");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("XDG_CONFIG_HOME", configuration.toString());
        builder.environment().put("JAVA_OPTS", javaOptions);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        Thread atTheEnd = new Thread(() -> end(process, configuration), "soak-end");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        return new ServerProcess(process, configuration, log);
    }

    private int port(String scheme) throws IOException, InterruptedException {
        Pattern banner = Pattern.compile("\\s" + scheme + "://[^ ]+:(\\d+)/echo\\s");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_WITHIN_SECONDS);
        while (System.nanoTime() < until && process.isAlive()) {
            Matcher found = banner.matcher(Files.readString(log));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            // Also the wait for the next look.
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        end(process, configuration);
        throw new IOException("expected the server to say where it listens (" + scheme + "), it "
                + (process.isAlive() ? "did not" : "ended with " + process.exitValue()) + "; it said:\n"
                + Files.readString(log));
    }

    Door plain() {
        return plain;
    }

    Door secure() {
        return secure;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for so long, or for its end. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** {@return its lines at level error: each is a bug, since peers alone cannot cause one} */
    List<String> errors() throws IOException {
        try (Stream<String> lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> line.contains(" ERROR ")).limit(20).toList();
        }
    }

    /**
     * Runs a command of {@code jcmd} in the server's JVM. Only the first time by the program, whose own start costs more
     * than all that it asks for; it has the JVM listen on a socket, which is then spoken to as the program would.
     */
    String jcmd(String command) throws IOException, InterruptedException {
        Path listener = Path.of(System.getProperty("java.io.tmpdir"), ".java_pid" + process.pid());
        if (!Files.exists(listener)) {
            listen();
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(listener))) {
            // Version, verb and three arguments, each ended by a NUL.
            channel.write(UTF_8.encode("1\0jcmd\0" + command + "\0\0\0"));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
            if (!answer.startsWith("0\n")) {
                throw new IOException("expected 0 of the server's JVM for " + command + ", got: " + answer);
            }
            return answer;
        }
    }

    private void listen() throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process jcmd = new ProcessBuilder(program.toString(), Long.toString(process.pid()), "VM.version")
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd ended with " + jcmd.exitValue() + ": " + answer);
        }
    }

    String metrics() throws IOException {
        try (RawPeer peer = plain.connect()) {
            peer.send("GET /metrics HTTP/1.1\r\nHost: localhost:" + plain.port() + "\r\nConnection: close\r\n\r\n");
            return peer.readResponse();
        }
    }

    private static void end(Process process, Path configuration) {
        try {
            process.destroy();
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (Files.exists(configuration)) {
                try (Stream<Path> files = Files.walk(configuration)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            System.err.println("soak: cannot remove " + configuration + ": " + e.getMessage());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end(process, configuration);
    }
}
