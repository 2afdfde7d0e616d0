package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A person at a terminal that cannot move its cursor: types lines, and waits for what is to be seen. */
final class Typing implements AutoCloseable {
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode;

    private Typing(String... args) throws IOException {
        PipedInputStream in = new PipedInputStream(keyboard, 1 << 16);
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(in, out, out, true, true, true);
        Environment environment = new Environment(Map.of("TERM", "dumb"));
        exitCode = CompletableFuture.supplyAsync(() -> Main.run(streams, environment, args));
    }

    static Typing connect(String... options) throws IOException {
        String[] args = new String[options.length + 1];
        args[0] = "connect";
        System.arraycopy(options, 0, args, 1, options.length);
        return new Typing(args);
    }

    Typing type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        return this;
    }

    Typing await(String text) {
        Awaitility.await(text).atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(screen())
                .contains(text));
        return this;
    }

    String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the end. */
    int exitCode() throws Exception {
        return exitCode.get(10, TimeUnit.SECONDS);
    }

    /** Presses Ctrl-D. */
    void end() throws IOException {
        keyboard.close();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
