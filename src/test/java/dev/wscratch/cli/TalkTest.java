package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TalkTest {
    @Test
    void linesOfStdinAreMessagesAndRepliesAreLines() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput("a\nb\nGrüße\n", false, "connect", peer.url(), "-n", "3");
            assertThat(run.out()).isEqualTo("a\nb\nGrüße\n");
            assertThat(run.err()).startsWith("connected  ws://127.0.0.1:" + peer.port() + "/echo  101 in ");
            assertThat(run.err()).contains("closed 1000").contains("3 received");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void theEndOfStdinClosesOnceItIsQuiet() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput("a\nb", false, "connect", peer.url(), "-q");
            assertThat(run).isEqualTo(new Run(0, "a\nb\n", ""));
        }
    }

    @Test
    void waitSaysHowLongItMayBeQuiet() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-q", "-x", "one", "-x", "two", "-w", "200ms");
            assertThat(run).isEqualTo(new Run(0, "one\ntwo\n", ""));
        }
    }

    @Test
    void onATerminalPeerTextIsEscapedAndInAPipeItIsNot() throws IOException {
        for (boolean terminal : new boolean[] {true, false}) {
            try (ScriptedServer peer = ScriptedServer.start(c -> {
                c.accept();
                c.message("\u001b[2J");
                c.hex("82 02 00 ff 88 00");
                c.frame();
            })) {
                Run run = Run.withInput("", terminal, "connect", peer.url());
                assertThat(run.out()).isEqualTo((terminal ? "\\u001b[2J" : "\u001b[2J") + "\n0x00ff\n");
            }
        }
    }

    @Test
    void aRefusalIsExitCode4WithItsStatus() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        })) {
            Run run = Run.of("connect", peer.url());
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err())
                    .isEqualTo("wscratch connect: refused: the server answered 401 Unauthorized instead of 101\n");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNoneIsExitCode3() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> c.text("SSH-2.0-OpenSSH\r\n\r\n"))) {
            Run run = Run.of("connect", peer.url());
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("handshake: ").hasLineCount(1);
        }
    }

    @Test
    void anAbnormalEndIsExitCode5() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.message("x");
        })) {
            Run run = Run.of("connect", peer.url(), "-q");
            assertThat(run.out()).isEqualTo("x\n");
            assertThat(run.err()).contains("without a Close frame");
            assertThat(run.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void fewerMessagesThanAskedForIsExitCode5() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.message("x");
            c.hex("88 02 03 e8");
            c.frame();
        })) {
            Run run = Run.of("connect", peer.url(), "-q", "-n", "2");
            assertThat(run.err()).isEqualTo("wscratch connect: expected 2 messages, got 1\n");
            assertThat(run.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void aCloseCodeThatIsNotNormalIsExitCode5() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.hex("88 05 0f a1 1b 5b 4a");
            c.frame();
        })) {
            Run run = Run.of("connect", peer.url());
            assertThat(run.err()).contains("closed 4001 \"\\u001b[J\"");
            assertThat(run.exitCode()).isEqualTo(5);
        }
    }

    /** Answers each message with itself, the closing with itself. */
    private static void echo(ScriptedServer.Connection c) throws Exception {
        c.accept();
        ScriptedServer.Frame frame = c.frame();
        while (frame.opcode() != 8) {
            c.message(frame.text());
            frame = c.frame();
        }
        c.hex("88 02 03 e8");
    }
}
