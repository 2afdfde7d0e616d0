package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a conversation of {@code connect} ends, and with which exit code. */
@Timeout(30)
class TalkEndTest {
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
    void aRefusalIsExitCode4WithItsStatusTellingHeadersBodyAndAdvice() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nX-Other: 1\r\n"
                    + "Content-Length: 25\r\n\r\n{\"error\":\"missing token\"}\u001b");
        })) {
            Run run = Run.of("connect", peer.url());
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err().lines())
                    .startsWith(
                            "wscratch connect: refused: the server answered 401 Unauthorized instead of 101."
                                    + " Try: -H @FILE with a line such as 'Authorization: Bearer ...'",
                            "  WWW-Authenticate: Bearer",
                            "  body: {\"error\":\"missing token\"}\\u001b")
                    .anyMatch(line -> line.startsWith("  likely: "))
                    .anyMatch(line -> line.startsWith("  try: "))
                    .noneMatch(line -> line.contains("X-Other"));
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNoneIsExitCode3() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> c.text("SSH-2.0-OpenSSH\r\n\r\n"))) {
            Run run = Run.of("connect", peer.url());
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).startsWith("wscratch connect: handshake: ").contains("  try: ");
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
            assertThat(run.err()).contains("closed 4001 by the server: \"\\u001b[J\"");
            assertThat(run.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void anExpectationThatNoMessageMeetsIsExitCode6() throws IOException {
        for (String expression : new String[] {"^h.*o$", "bye"}) {
            try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
                Run run = Run.of("connect", peer.url(), "-q", "-x", "hello", "-n", "1", "--expect", expression);
                assertThat(run.exitCode()).isEqualTo(expression.equals("bye") ? 6 : 0);
            }
        }
    }

    @Test
    void silenceBeforeTheCountIsExitCode8() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-q", "-x", "a", "-n", "2", "-w", "200ms");
            assertThat(run).isEqualTo(new Run(8, "a\n", "wscratch connect: expected 2 messages, got 1\n"));
        }
    }

    @Test
    void aServerThatDoesNotAnswerTheHandshakeInTimeIsExitCode8() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.head();
            c.ended();
        })) {
            Run run = Run.of("connect", peer.url(), "--connect-timeout", "200ms");
            assertThat(run.err()).contains("within 200 ms");
            assertThat(run.exitCode()).isEqualTo(8);
        }
    }

    @Test
    void theCloseCodeAskedForIsANormalEnd() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            ScriptedServer.Frame close = c.frame();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(new String(close.payload(), 2, 4, StandardCharsets.UTF_8))
                    .isEqualTo("done");
            c.hex("88 02 0f a1");
        })) {
            Run run = Run.of("connect", peer.url(), "--close", "4001:done", "-w", "100ms");
            assertThat(run.err()).contains("closed 4001");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void itComesBackAndGoesOnWithItsInput() throws Exception {
        AtomicReference<ScriptedServer> second = new AtomicReference<>();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ScriptedServer.start(listener, c -> {
                c.accept();
                c.message("one");
                c.hex("88 02 03 f4");
                c.frame();
                second.set(ScriptedServer.start(listener, again -> {
                    again.accept();
                    again.message("two");
                    again.frame();
                    again.hex("88 02 03 e8");
                }));
            });
            Run run = Run.of("connect", ":" + listener.getLocalPort(), "--reconnect", "-x", "a", "-n", "2");
            assertThat(run.out()).isEqualTo("one\ntwo\n");
            assertThat(run.err()).containsPattern("closed 1012   again in \\d+\\.\\d s\n");
            assertThat(run.err().split("connected  ws:", -1)).hasSize(3);
            assertThat(run.exitCode()).isZero();
            second.get().close();
        }
    }

    @Test
    void afterAsManyAttemptsAsAllowedItEndsAsTheLastOneDid() {
        Run run = Run.of("connect", "ws://127.0.0.1:1/", "--reconnect=1");
        assertThat(run.err())
                .containsPattern("connect: cannot reach .*again in 0\\.\\d s\nwscratch connect: connect: ");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(Run.of("connect", "ftp://x", "--reconnect").exitCode()).isEqualTo(2);
    }

    @Test
    void aLargeLastMessageArrivesWholeAtAPeerThatReadsLate() throws Exception {
        ServerSocket listener = new ServerSocket();
        listener.setReceiveBufferSize(4_096);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        String message = "x".repeat(16 << 20);
        AtomicReference<String> came = new AtomicReference<>("");
        try (ScriptedServer peer = ScriptedServer.start(listener, c -> {
            c.accept();
            // Longer than it may be quiet behind the end of stdin.
            Duration late = Talk.QUIET_AFTER_INPUT.multipliedBy(2);
            assertThat(new CountDownLatch(1).await(late.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            came.set(c.frame().text());
            assertThat(c.frame().closeCode()).isEqualTo(1000);
            c.hex("88 02 03 e8");
        })) {
            Run run = Run.withInput(message, false, "connect", peer.url(), "-q");
            assertThat(run).isEqualTo(new Run(0, "", ""));
        }
        assertThat(came.get().equals(message))
                .as(came.get().length() + " bytes came")
                .isTrue();
    }
}
