package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Requires;
import dev.wscratch.ScriptedServer;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a terminal, which tmux plays: what a person types and sees. */
@Timeout(90)
class TerminalIT {
    @TempDir
    private Path folder;

    private final Path tmux = Requires.program("TMUX_PROGRAM", "tmux");

    @AfterEach
    void endTheTerminal() throws Exception {
        tmux("kill-server");
    }

    @Test
    void whatIsTypedIsSentAndAReplyCannotDriveTheTerminal() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(c.frame().text()).isEqualTo("hello");
            c.message("\u001b[2Jhi\u009b31m\u202e");
            assertThat(c.frame().closeCode()).isEqualTo(1000);
            c.hex("88 02 03 e8");
        })) {
            open("connect " + peer.url());
            await("connected  ws://127.0.0.1:" + peer.port() + "/echo  101  (no subprotocol,");
            tmux("send-keys", "hello", "Enter");
            await("\\u001b[2Jhi\\u009b31m\\u202e");
            tmux("send-keys", "C-d");
            await("closed 1000   1 received");
            await("ended with 0");
        }
    }

    @Test
    void explainSaysWhatTheBytesAre() throws Exception {
        open("explain 88 02 03 e8");
        await("close 1000");
        await("ended with 0");
    }

    @Test
    void checkRedrawsOneLineAndLeavesTheReportOnly() throws Exception {
        try (WscratchServer server =
                WscratchServer.builder().port(0).faults(true).start()) {
            open("check --stage text ':" + server.port() + "/fault/late-echo?delay=300ms'");
            await("/16  failed 0  2.");
            await("16 cases             16");
            await("ended with 0");
            assertThat(tmux("capture-pane", "-p")).doesNotContain("failed 0", "stage 2 of 10");
        }
    }

    @Test
    void benchRedrawsOneLineAndLeavesTheReportOnly() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            open("bench :" + server.port() + "/echo --rate 200 -d 3s --warm-up 100ms");
            await("/3s #");
            await("Errors      none");
            await("ended with 0");
            assertThat(tmux("capture-pane", "-p")).doesNotContain("in flight", "connecting");
        }
    }

    @Test
    void ctrlCEndsBenchWithItsReport() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            open("bench :" + server.port() + "/echo --rate 200 -d 10m --warm-up 100ms");
            await("/10m ");
            tmux("send-keys", "C-c");
            await("Interrupted: what follows is of the time until Ctrl-C");
            await("ended with 130");
        }
    }

    private void open(String command) throws Exception {
        Path launcher;
        try (Stream<Path> found = Files.list(Path.of("target", "wscratch-distribution"))) {
            launcher = found.findFirst().orElseThrow().resolve("bin/wscratch").toAbsolutePath();
        }
        // The pane outlives the program, so that its last words can be read; the end of the test ends it.
        String line = "JAVA_HOME='" + System.getProperty("java.home") + "' '" + launcher + "' " + command
                + "; echo ended with $?; exec cat";
        assertThat(tmux("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50", line))
                .isEmpty();
    }

    private void await(String text) {
        Awaitility.await(text).atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tmux("capture-pane", "-p"))
                .contains(text));
    }

    /** A server of its own, by its socket: no other terminal of the machine is touched. */
    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(tmux.toString(), "-u", "-S", folder.resolve("socket").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
