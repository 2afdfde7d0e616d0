package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person types in a session, and what comes of it; the terminal itself is {@link TerminalIT}'s. */
@Timeout(30)
class SessionTest {
    /** Gives messages and pings back, as many frames as they have come in, and the closing. */
    private static void echo(ScriptedServer.Connection c) throws Exception {
        c.accept("X-Server: one");
        ScriptedServer.Frame frame = c.frame();
        while (frame.opcode() != 8) {
            int opcode = frame.opcode() == 9 ? 10 : frame.opcode();
            if (opcode != 10 || frame.opcode() == 9) {
                c.hex(String.format("%02x%02x", (frame.fin() ? 0x80 : 0) | opcode, frame.payload().length)
                        + HexFormat.of().formatHex(frame.payload()));
            }
            frame = c.frame();
        }
        c.hex(String.format("88%02x", frame.payload().length) + HexFormat.of().formatHex(frame.payload()));
    }

    @Test
    void aLineIsAMessageAndItsReplyIsMarkedAndTimed() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.await("/help, Ctrl-D to close").type("hello").await("< hello   ");
            assertThat(typing.screen()).containsPattern("< hello   \\d+\\.\\d ms\n");
            typing.end();
            assertThat(typing.exitCode()).isZero();
            assertThat(typing.screen()).containsPattern("closed 1000 by us   \\d+\\.\\d s, 1 sent, 1 received\n");
        }
    }

    @Test
    void peerTextIsEscapedAndItsLinesStayBehindTheMark() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
                    c.accept();
                    c.message("\u001b[2J\r\nws> ");
                    c.message("{\"a\":\"\u009b\"}");
                    c.frame();
                    c.hex("88 00");
                });
                Typing typing = Typing.connect(peer.url())) {
            typing.await("< \\u001b[2J\\r\\nws> \n").await("< {\n    \"a\": \"\\u009b\"\n  }\n");
        }
    }

    @Test
    void twoSlashesSendOneAndAnUnknownCommandIsToldAndAnEmptyLineIsNothing() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("//ping").await("< /ping ");
            typing.type("/pink now")
                    .await("unknown command /pink; /help lists all")
                    .type("");
            typing.type("/quit").await("1 sent, 1 received");
            assertThat(typing.exitCode()).isZero();
        }
    }

    @Test
    void helpListsEveryCommand() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/help").await("An empty line is not sent.");
            for (SlashCommand command : SlashCommand.values()) {
                assertThat(typing.screen()).contains("\n  " + command.word() + " ");
            }
        }
    }

    @Test
    void aPingIsToldWithItsTimeAndSummedUp() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/ping").await("< pong ");
            typing.type("/ping a\u202eb").await("< pong \"a\\u202eb\" ");
            typing.type("/pong x").type("/stats").await("round trips");
            assertThat(typing.screen())
                    .containsPattern("sent +0 messages and 3 control frames in 3 frames, 24 bytes \\(6 of payload\\)")
                    .containsPattern(
                            "received +0 messages and 2 control frames in 2 frames, 9 bytes \\(5 of payload\\)")
                    .containsPattern("round trips   2 pings, 2 answered, RTT p50 \\d+\\.\\d ms \\(");
            typing.type("/ping " + "x".repeat(126)).await("/ping: expected at most 125 bytes (RFC 6455 5.5), got 126");
        }
    }

    @Test
    void closingWithACodeIsANormalEnd() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/close 1001").await("/close: expected 1000, or 3000 to 4999, got");
            typing.type("/close 4001 all done").await("closed 4001 by us: \"all done\"");
            assertThat(typing.exitCode()).isZero();
        }
    }

    @Test
    void theServersCloseEndsTheSession() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(c -> {
                    c.accept();
                    c.hex("88 05 0f a1 62 79 65");
                    c.frame();
                });
                Typing typing = Typing.connect(peer.url())) {
            typing.await("closed 4001 by the server: \"bye\"");
            assertThat(typing.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void aFragmentedMessageHasItsFramesAndTheNextOneNot() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/frames on").type("/fragment 0").await("/fragment: expected a whole number from 1 to 10000");
            typing.type("/fragment 2").type("Hello").await("< Hello");
            assertThat(typing.screen())
                    .contains("> text masked len=2", "> FIN continuation masked len=3", "The character 'H'")
                    .contains("< FIN continuation len=3");
            typing.type("/frames off").type("again").await("< again");
            assertThat(typing.screen()).doesNotContain("len=5");
            typing.type("/frames").await("expected /frames on|off, got no on|off");
        }
    }

    @Test
    void linesMayBeJsonOrBytes() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url(), "--no-pretty")) {
            typing.type("/json").type("{\"a\":1").await("not sent: expected JSON, got a mistake: ");
            typing.type("{\"a\":1}").await("< {\"a\":1}");
            typing.type("/json [1, 2]").await("< [1, 2]");
            typing.type("/text {a").await("< {a");
            typing.type("/binary 00 ff").await("< 0x00ff");
            typing.type("/binary").type("0a0b").await("< 0x0a0b").type("zz").await("message: expected hex digits");
            typing.type("/text").type("zz").await("< zz");
        }
    }

    @Test
    void aFileIsOneMessageOfItsKind(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "Gr\u00fc\u00dfe");
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xFF, 0});
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/file " + text).await("sent 7 bytes as text").await("< Gr\u00fc\u00dfe");
            typing.type("/file " + bytes).await("sent 2 bytes as binary").await("< 0xff00");
            typing.type("/file " + folder.resolve("none")).await("/file: expected a file that can be read");
        }
    }

    @Test
    void theHandshakeIsShownWithoutSecrets() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url(), "-H", "Authorization: Bearer abc")) {
            typing.type("/headers").await("< X-Server: one");
            assertThat(typing.screen())
                    .contains("> GET /echo HTTP/1.1\n", "> Authorization: (not shown, 10 characters)\n")
                    .contains("< HTTP/1.1 101 Switching Protocols\n")
                    .doesNotContain("abc");
        }
    }

    @Test
    void theConversationIsSavedIntoANewFileOfOnesOwn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("saved");
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("hi").await("< hi").type("/save " + file).await("saved 3 events");
            assertThat(Files.readAllLines(file, StandardCharsets.US_ASCII))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("{\"event\":\"open\","),
                            line -> assertThat(line)
                                    .startsWith("{\"event\":\"sent\",")
                                    .endsWith("\"data\":\"hi\"}"),
                            line -> assertThat(line)
                                    .startsWith("{\"event\":\"message\",")
                                    .endsWith("\"data\":\"hi\"}"));
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            typing.type("/save " + file).await("/save: expected a file that does not exist yet");
        }
    }

    @Test
    void aLessonIsReadInTheSessionAndDoneOnThePageOfTheServer() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            String page = "http://" + peer.url().replaceFirst("^ws://", "").replaceFirst("/.*", "") + "/#/lesson/";
            typing.type("/lesson").await(page + "1, if that is a wscratch server\n");
            assertThat(typing.screen()).contains("\n  20  wss: the same in a tunnel ", "/lesson 5 prints lesson 5.\n");
            typing.type("/lesson 5").await(page + "5, if that is a wscratch server\n");
            assertThat(typing.screen()).contains("\nLesson 5: Why are my bytes scrambled? (3 minutes)\n");
            typing.type("/lesson 21").await("/lesson: expected a whole number from 1 to 20, got \"21\"");
            typing.type("hello").await("< hello");
        }
    }

    @Test
    void openLeadsElsewhereAndBack() throws Exception {
        try (ScriptedServer first = ScriptedServer.start(SessionTest::echo);
                ScriptedServer second = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(first.url())) {
            typing.type("one").await("< one");
            typing.type("/open :" + second.port() + "/other").await("connected  ws://localhost:" + second.port());
            typing.type("two").await("< two");
            typing.end();
            assertThat(typing.exitCode()).isZero();
            assertThat(typing.screen().split("closed 1000 by us", -1)).hasSize(3);
        }
    }

    @Test
    void aMistakeInTheUrlToOpenKeepsTheConnection() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url())) {
            typing.type("/open ws://localhost:99999/").await("expected a port");
            typing.type("still").await("< still");
            typing.end();
            assertThat(typing.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ping=1h", "--reconnect"})
    void aServerThatIsNotThereKeepsTheConnection(String option) throws Exception {
        String dead;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = ":" + nobody.getLocalPort();
        }
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo);
                Typing typing = Typing.connect(peer.url(), option)) {
            typing.await("connected  ").type("/open " + dead).await("the connection to " + peer.url() + " stays open");
            assertThat(typing.screen()).containsOnlyOnce("wscratch connect:").doesNotContain("again in");
            typing.type("still").await("< still");
            typing.end();
            assertThat(typing.exitCode()).isZero();
        }
    }

    @Test
    void theOtherConnectionHasItsTurnWhenThisOneEndsMeanwhile() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer first = ScriptedServer.start(c -> {
                    c.accept();
                    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                    c.hex("88 02 03 e9");
                    c.frame();
                });
                ScriptedServer second = ScriptedServer.start(c -> {
                    asked.countDown();
                    assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
                    echo(c);
                });
                Typing typing = Typing.connect(first.url())) {
            typing.await("connected  ").type("/open " + second.url()).await("closed 1001 by the server");
            gone.countDown();
            typing.await("connected  " + second.url()).type("two").await("< two");
            typing.end();
            assertThat(typing.exitCode()).isZero();
        }
    }

    @Test
    void whileThereIsNoConnectionNothingIsSentAndThenItGoesOn() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        AtomicReference<ScriptedServer> second = new AtomicReference<>();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Typing typing = Typing.connect(":" + listener.getLocalPort(), "--reconnect")) {
            ScriptedServer.start(listener, c -> {
                c.accept();
                c.hex("88 02 03 f4");
                c.frame();
                second.set(ScriptedServer.start(listener, again -> {
                    assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
                    again.accept();
                    assertThat(again.frame().text()).isEqualTo("found");
                    again.hex("88 02 03 e8");
                    again.frame();
                }));
            });
            typing.await("closed 1012   again in ").type("lost").await("not sent: there is no open connection");
            tried.countDown();
            Awaitility.await("the second connection")
                    .until(() -> typing.screen().split("connected  ws:", -1).length == 3);
            typing.type("found").await("closed 1000 by the server   ").await("1 sent, 0 received");
            assertThat(typing.exitCode()).isZero();
            second.get().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"-x a -n 1", "--json", "-0"})
    void whatIsForProgramsIsNoSession(String options) throws Exception {
        String[] words = options.split(" ", -1);
        String[] args = new String[words.length + 1];
        System.arraycopy(words, 0, args, 1, words.length);
        try (ScriptedServer peer = ScriptedServer.start(SessionTest::echo)) {
            args[0] = peer.url();
            try (Typing typing = Typing.connect(args)) {
                typing.end();
                assertThat(typing.exitCode()).isZero();
                assertThat(typing.screen()).doesNotContain("/help");
            }
        }
    }
}
