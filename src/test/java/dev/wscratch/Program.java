package dev.wscratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A process that a test started, what it says, and how it ends. Closing it ends it. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private Program(Process process) {
        this.process = process;
        this.outReader = reader(process.getInputStream(), out);
        this.errReader = reader(process.getErrorStream(), err);
    }

    public static Program start(ProcessBuilder builder) throws IOException {
        if (ignoresSigint()) {
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        }
        return new Program(builder.start());
    }

    /**
     * A shell without job control starts what it runs in the background with SIGINT ignored, and every process below
     * inherits that, the program under test too; as a user starts it, it is not.
     */
    private static boolean ignoresSigint() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    /** A Java program with the test's own class path. */
    public static Program java(Class<?> main, String... args) throws IOException {
        return start(javaBuilder(main, args));
    }

    /** As {@link #java}, to be given an environment before it is started. */
    public static ProcessBuilder javaBuilder(Class<?> main, String... args) {
        ProcessBuilder builder = new ProcessBuilder(
                javaCommand().toString(), "-cp", System.getProperty("java.class.path"), main.getName());
        builder.command().addAll(List.of(args));
        return builder;
    }

    /** The Java that runs the test. */
    public static Path javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Writes to stdin and ends it. */
    public void input(String text) throws IOException {
        try (var stdin = process.getOutputStream()) {
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Waits until stdout or stderr contains the pattern; fails with both if it does not come, or the process ends. */
    public MatchResult await(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Awaitility.await(pattern)
                .atMost(30, TimeUnit.SECONDS)
                .failFast(
                        "the process ended",
                        () -> !process.isAlive() && !said(wanted).find())
                .untilAsserted(() -> assertThat(said()).containsPattern(wanted));
        Matcher found = said(wanted);
        assertThat(found.find()).isTrue();
        return found.toMatchResult();
    }

    private Matcher said(Pattern wanted) {
        return wanted.matcher(said());
    }

    private String said() {
        return String.join("\n", out) + "\n" + String.join("\n", err) + "\n";
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    public void terminate() {
        process.toHandle().destroy(); // destroy() of Process itself would close the pipes that are still being read
    }

    /** Waits for the end; fails if it does not come. */
    public int exitCode(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + seconds + " s: " + process.info() + "\n" + said());
        }
        outReader.join(5_000);
        errReader.join(5_000);
        return process.exitValue();
    }

    public List<String> out() {
        return out;
    }

    public List<String> err() {
        return err;
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private static Thread reader(InputStream from, List<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.add(line);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "program-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
