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
import java.util.concurrent.CountDownLatch;
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
            await("\nws>");
            tmux("send-keys", "hello", "Enter");
            await("< \\u001b[2Jhi\\u009b31m\\u202e   ");
            tmux("send-keys", "C-d");
            await("closed 1000 by us   ");
            await("1 sent, 1 received");
            await("ended with 0");
        }
    }

    @Test
    void typingIsUndisturbedWhileMessagesArriveAndHistoryAndTabHelp() throws Exception {
        CountDownLatch typed = new CountDownLatch(1);
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(typed.await(30, TimeUnit.SECONDS)).isTrue();
            c.message("in between");
            assertThat(c.frame().text()).isEqualTo("half and half");
            assertThat(c.frame().text()).isEqualTo("half and half");
            c.hex("88 02 0f a1");
            assertThat(c.frame().closeCode()).isEqualTo(4001);
        })) {
            open("connect " + peer.url());
            await("\nws>");
            tmux("send-keys", "-l", "half and");
            await("ws> half and");
            typed.countDown();
            await("< in between\nws> half and");
            tmux("send-keys", "-l", " half");
            tmux("send-keys", "Enter");
            tmux("send-keys", "-l", "/he");
            tmux("send-keys", "Tab");
            await("/headers");
            await("/help");
            tmux("send-keys", "C-c");
            tmux("send-keys", "Up");
            await("ws> /he\nws> half and half");
            tmux("send-keys", "Enter");
            await("closed 4001 by the server");
            await("ended with 5");
        }
    }

    @Test
    void ctrlCTwiceEndsASessionAndGivesTheTerminalBack() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            assertThat(c.frame().closeCode()).isEqualTo(1000);
            c.hex("88 02 03 e8");
        })) {
            open("connect " + peer.url());
            await("\nws>");
            tmux("send-keys", "C-c");
            await("Ctrl-C again to quit, Ctrl-D to close");
            tmux("send-keys", "C-c");
            await("ended with 130");
            // What is typed now is echoed by the terminal's own settings, and read by cat a line at a time.
            tmux("send-keys", "-l", "sane?");
            tmux("send-keys", "Enter");
            await("sane?\nsane?");
        }
    }

    @Test
    void aTerminalThatCannotMoveItsCursorGetsPlainLines() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.message(c.frame().text());
            c.frame();
            c.hex("88 02 03 e8");
        })) {
            open("TERM=dumb", "connect " + peer.url());
            await("/help, Ctrl-D to close");
            tmux("send-keys", "hello", "Enter");
            await("\nhello\n< hello   ");
            tmux("send-keys", "C-d");
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

    @Test
    void tabInAZshCompletesCommandsAndOptions() throws Exception {
        Path zsh = Requires.program("ZSH_PROGRAM", "zsh");
        Path script = Files.writeString(
                folder.resolve("completion.zsh"), Run.of("completion", "zsh").out());
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50", zsh + " -f -i");
        type("PS1='ready> '; autoload -U compinit && compinit -u -d " + folder.resolve("dump"));
        type("source " + script + "; wscratch() { :; }; clear");
        await("ready>\n");
        tmux("send-keys", "-l", "--", "wscratch conn");
        tmux("send-keys", "Tab");
        await("ready> wscratch connect");
        tmux("send-keys", "-l", "--", "--conn");
        tmux("send-keys", "Tab");
        await("ready> wscratch connect --connect-timeout");
    }

    private void type(String line) throws Exception {
        tmux("send-keys", "-l", "--", line);
        tmux("send-keys", "Enter");
    }

    private void open(String command) throws Exception {
        open("", command);
    }

    private void open(String variables, String command) throws Exception {
        Path launcher;
        try (Stream<Path> found = Files.list(Path.of("target", "wscratch-distribution"))) {
            launcher = found.findFirst().orElseThrow().resolve("bin/wscratch").toAbsolutePath();
        }
        // The pane outlives the program, so that its last words can be read; the end of the test ends it.
        // The shell hears Ctrl-C too, and must not end by it.
        String line = "trap : INT; " + variables + " JAVA_HOME='" + System.getProperty("java.home") + "' '" + launcher
                + "' " + command + "; echo ended with $?; exec cat";
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
