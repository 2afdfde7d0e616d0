package dev.wscratch.war;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's process: its output is watched for the port and for the line that says it is ready. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();

    /** Lines, added by the reader's thread, read by tests. */
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts the process and waits until it is ready.
     *
     * @param port a line with the port in its first group
     * @param readyLine a part of the line that says it is ready
     */
    static ServerProcess start(ProcessBuilder command, Pattern port, String readyLine) throws IOException {
        ServerProcess server =
                new ServerProcess(command.redirectErrorStream(true).start());
        Thread reader = new Thread(() -> server.read(port, readyLine), "output of the server");
        reader.setDaemon(true);
        reader.start();
        try {
            server.port();
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    private void read(Pattern port, String readyLine) {
        int found = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher matcher = port.matcher(line);
                if (matcher.find()) {
                    found = Integer.parseInt(matcher.group(1));
                }
                if (line.contains(readyLine)) {
                    ready.complete(found);
                }
            }
            ready.completeExceptionally(new IOException("the server ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    int port() {
        try {
            return ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the server is not ready within " + START + "; it wrote:\n" + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the server", e);
        }
    }

    String output() {
        return String.join("\n", output);
    }

    /** Asks the process to stop, and kills it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
