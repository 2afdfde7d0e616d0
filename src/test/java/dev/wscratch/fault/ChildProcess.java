package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the class path of the tests; ended with the test. */
final class ChildProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final Process process;
    private final BufferedReader stdout;

    private ChildProcess(Process process) {
        this.process = process;
        this.stdout = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Standard error goes where that of the test goes. */
    static ChildProcess java(List<String> jvmOptions, Class<?> main, String... arguments) throws IOException {
        return start(command(jvmOptions, main, arguments));
    }

    static ChildProcess start(List<String> command) throws IOException {
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    static List<String> command(List<String> jvmOptions, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The next line of its standard output; fails when none comes. */
    String readLine() {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(stdout.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Sends a signal by name, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        return process.exitValue();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        stdout.close();
        process.getOutputStream().close();
    }
}
