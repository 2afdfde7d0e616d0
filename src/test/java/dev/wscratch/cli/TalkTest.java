package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TalkTest {
    @Test
    void linesOfStdinAreMessagesAndRepliesAreLines() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput("a\nb\nGrüße\n", false, "connect", peer.url(), "-n", "3");
            assertThat(run.out()).isEqualTo("a\nb\nGrüße\n");
            assertThat(run.err())
                    .startsWith("connected  ws://127.0.0.1:" + peer.port() + "/echo  101  (no subprotocol, ");
            assertThat(run.err()).contains("closed 1000").contains("3 received");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void bytesOfStdinAndFilesStayAsTheyAreWithBinaryAndMustBeUtf8Without(@TempDir Path folder) throws IOException {
        byte[] bytes = {(byte) 0xFF, 'a', '\r', '\n', 0, (byte) 0x80};
        Path file = Files.write(folder.resolve("bytes"), bytes);
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withBytes(bytes, "connect", peer.url(), "-q", "-b");
            assertThat(run).isEqualTo(new Run(0, "0xff61\n0x0080\n", ""));
        }
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-q", "-b", "-x", "@" + file, "-n", "1");
            assertThat(run).isEqualTo(new Run(0, "0xff610d0a0080\n", ""));
        }
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withBytes(bytes, "connect", peer.url(), "-q");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("stdin: expected UTF-8, got other bytes; -b sends them as they are");
        }
    }

    @Test
    void aMessageTooLongForExpectIsToldAndCounts() throws IOException {
        String longOne = "a".repeat(200_000);
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            c.message(longOne);
            c.frame();
            c.hex("88 02 03 e8");
        })) {
            Run run = Run.of("connect", peer.url(), "-q", "-n", "1", "--expect", "(a|b)*c");
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.err()).contains("a message is too long for --expect (a|b)*c (200000 characters)");
            assertThat(run.out()).hasSize(200_001);
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
    void headersAndOriginGoAlongAndCompressionIsNotOfferedWhenUnwanted(@TempDir Path folder) throws Exception {
        Path secrets = Files.writeString(folder.resolve("headers"), "Authorization: Bearer x\n\nCookie: a=b\n");
        AtomicReference<String> head = new AtomicReference<>("");
        try (ScriptedServer peer = ScriptedServer.start(c -> head.set(echo(c)))) {
            Run run = Run.of(
                    "connect",
                    peer.url(),
                    "-q",
                    "--no-compress",
                    "-H",
                    "X-A: 1",
                    "-H@" + secrets,
                    "-o",
                    "http://a.test",
                    "-x",
                    "hi",
                    "-n",
                    "1");
            assertThat(run).isEqualTo(new Run(0, "hi\n", ""));
        }
        assertThat(head.get())
                .contains("X-A: 1\r\n", "Authorization: Bearer x\r\n", "Cookie: a=b\r\n", "Origin: http://a.test\r\n")
                .doesNotContain("Sec-WebSocket-Extensions");
    }

    @Test
    void hexAndBase64SendBinaryAndPrintItTheSameWay() throws IOException {
        for (String[] form : new String[][] {{"--hex", "00 ff", "00ff"}, {"--base64", "AP8=", "AP8="}}) {
            try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
                Run run = Run.withInput(form[1] + "\n", false, "connect", peer.url(), "-q", "-n", "1", form[0]);
                assertThat(run).isEqualTo(new Run(0, form[2] + "\n", ""));
            }
        }
    }

    @Test
    void aFileIsOneMessageAndSoIsAllOfStdin(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("two-lines"), "a\nb\n");
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput(
                    "c\nd", false, "connect", peer.url(), "-q", "-n", "2", "-0", "-x", "@" + file, "-x", "-");
            assertThat(run).isEqualTo(new Run(0, "a\nb\n\0c\nd\0", ""));
        }
    }

    @Test
    void withNullMessagesMayHaveLines() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput("a\nb\0c", false, "connect", peer.url(), "-q", "-n", "2", "--null");
            assertThat(run).isEqualTo(new Run(0, "a\nb\0c\0", ""));
        }
    }

    @Test
    void jsonIsOneEventPerLine() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-q", "--json", "-v", "-x", "Grüße", "-n", "1");
            String time = "\"time\":\"[-0-9]+T[:.0-9]+Z\"";
            assertThat(run.out().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("{\"event\":\"handshake\"")
                                    .contains("\"direction\":\"sent\",\"head\":\"GET /echo HTTP/1.1\\u000aHost: "),
                            line -> assertThat(line).contains("\"direction\":\"received\",\"head\":\"HTTP/1.1 101 "),
                            line -> assertThat(line)
                                    .startsWith("{\"event\":\"open\"")
                                    .contains("\"url\":\"ws:"),
                            line -> assertThat(line)
                                    .matches("\\{\"event\":\"message\"," + time
                                            + ",\"type\":\"text\",\"data\":\"Gr\\\\u00fc\\\\u00dfe\"}"),
                            line -> assertThat(line)
                                    .contains("\"direction\":\"sent\",\"opcode\":\"close\",\"fin\":true"),
                            line -> assertThat(line).contains("\"direction\":\"received\",\"opcode\":\"close\""),
                            line -> assertThat(line)
                                    .startsWith("{\"event\":\"close\"")
                                    .endsWith("\"code\":1000,\"reason\":\"\",\"clean\":true,\"received\":1}"));
        }
    }

    @Test
    void prettyIndentsJsonAndLeavesOtherTextAlone() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-q", "--pretty", "-x", "{\"a\":[1,{}]}", "-x", "[no", "-n", "2");
            assertThat(run.out()).isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ]\n}\n[no\n");
        }
    }

    @Test
    void timestampsStandBeforeMessagesAndTakeNoWordThatIsNotAttached() throws IOException {
        for (String[] way : new String[][] {{"-t", "\\+\\d+\\.\\d{3} hi\n"}, {"-t=iso", "\\d{4}-\\S+Z hi\n"}}) {
            try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
                assertThat(Run.of("connect", "-q", "-x", "hi", "-n", "1", way[0], peer.url())
                                .out())
                        .matches(way[1]);
            }
        }
    }

    @Test
    void pingsAreSentAndTheirRoundTripIsTold() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept();
            ScriptedServer.Frame ping = c.frame();
            assertThat(ping.opcode()).isEqualTo(9);
            c.hex("8a 08 " + HexFormat.of().formatHex(ping.payload()));
            c.message("x");
            c.frame();
            c.hex("88 02 03 e8");
        })) {
            Run run = Run.withInput("", false, "connect", peer.url(), "--ping", "1h", "-n", "1", "-v");
            assertThat(run.err())
                    .contains("> FIN ping masked len=8", "< FIN pong len=8", "1 ping, 1 answered, RTT p50 ");
        }
    }

    @Test
    void framesAreExplainedByteByByte() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.of("connect", peer.url(), "-F", "-x", "Hi", "-n", "1");
            assertThat(run.out()).isEqualTo("Hi\n");
            assertThat(run.err())
                    .contains(
                            "> FIN text masked len=2",
                            "< FIN text len=2",
                            "masking key",
                            "FIN=1 RSV=000 opcode=1 (text)")
                    .contains("The character 'H'");
        }
    }

    @Test
    void inputThatIsNoHexIsExitCode2() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
            Run run = Run.withInput("zz\n", false, "connect", peer.url(), "-q", "--hex");
            assertThat(run.err()).contains("stdin: expected hex digits, two for each byte, got \"zz\"");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void verboseShowsTheHandshakeWithoutItsSecrets() throws IOException {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
            c.accept("Set-Cookie: id=secret", "X-Odd: \u009b2J");
            c.hex("88 02 03 e8");
            c.frame();
        })) {
            Run run = Run.of("connect", peer.url(), "-v", "-H", "Authorization: Bearer secret");
            assertThat(run.err())
                    .contains("> GET /echo HTTP/1.1\n", "> Authorization: (not shown, 13 characters)\n")
                    .contains("< HTTP/1.1 101 Switching Protocols\n", "< Set-Cookie: (not shown, 9 characters)\n")
                    .contains("\\u009b2J\n", "< FIN close len=2")
                    .doesNotContain("secret");
        }
    }

    @Test
    void whatIsOfferedIsWhatWasAskedFor() throws IOException {
        AtomicReference<String> head = new AtomicReference<>("");
        try (ScriptedServer peer = ScriptedServer.start(c -> head.set(echo(c)))) {
            Run run = Run.of(
                    "connect",
                    peer.url(),
                    "-q",
                    "-e",
                    "permessage-deflate; client_max_window_bits=10",
                    "--extension=x-other",
                    "-x",
                    "hi",
                    "-n1");
            assertThat(run).isEqualTo(new Run(0, "hi\n", ""));
        }
        assertThat(head.get())
                .contains("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10, x-other\r\n");
    }

    @Test
    void colourIsForTerminalsUnlessAskedFor() throws IOException {
        for (String when : new String[] {"auto", "always"}) {
            try (ScriptedServer peer = ScriptedServer.start(TalkTest::echo)) {
                Run run = Run.of("connect", peer.url(), "--color", when, "-v", "-x", "a", "-n", "1");
                assertThat(run.out()).isEqualTo("a\n");
                assertThat(run.err().contains("\u001b[36m> \u001b[39mGET ")).isEqualTo(when.equals("always"));
            }
        }
    }

    /** Answers each message with itself, the closing with itself. */
    static String echo(ScriptedServer.Connection c) throws Exception {
        String head = c.accept();
        ScriptedServer.Frame frame = c.frame();
        while (frame.opcode() != 8) {
            if (frame.opcode() == 1) {
                c.message(frame.text());
            } else {
                c.hex("82 0" + frame.payload().length + HexFormat.of().formatHex(frame.payload()));
            }
            frame = c.frame();
        }
        c.hex("88 02 03 e8");
        return head;
    }
}
