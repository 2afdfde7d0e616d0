package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.peer.Miser;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker against servers that would keep it for ever: a case is over after ten timeouts, whatever they do. */
@Timeout(60)
class HostileServerIT {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** The ten timeouts, and room for a machine that is busy with other things. */
    private static final long LONGEST_MILLIS = 15_000;

    private static Outcome play(ScriptedServer.Script script, String id) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            return play(Server.parse(server.url()), id);
        }
    }

    /** One that takes no more than a few KiB before it reads. */
    private static Outcome playTight(ScriptedServer.Script script, String id) throws Exception {
        ServerSocket listener = new ServerSocket();
        listener.setReceiveBufferSize(4_096);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (ScriptedServer server = ScriptedServer.start(listener, script)) {
            return play(Server.parse(server.url()), id);
        }
    }

    private static Outcome play(Server server, String id) throws Exception {
        Report report = new Checker(server, server.secure() ? Scheme.trusting() : null, TIMEOUT)
                .run(Selection.of(Set.of(), Set.of(id)), outcome -> {});
        Outcome outcome = report.outcomes().get(0);
        assertThat(outcome.millis()).as(outcome.toString()).isLessThan(LONGEST_MILLIS);
        return outcome;
    }

    /** Opens, then says the same again and again until the checker has left. */
    private static ScriptedServer.Script flood(String hex, int times) {
        byte[] once = Bytes.hex(hex).toArray();
        byte[] many = new byte[once.length * times];
        for (int i = 0; i < many.length; i++) {
            many[i] = once[i % once.length];
        }
        return connection -> {
            connection.accept();
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.bytes(many);
                        }
                    })
                    .isInstanceOf(IOException.class);
        };
    }

    /** The same, with a pause between the pieces that no timeout minds. */
    private static ScriptedServer.Script drip(String hex) {
        return connection -> {
            connection.accept();
            assertThatThrownBy(() -> {
                        while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                            connection.hex(hex);
                        }
                    })
                    .isInstanceOf(IOException.class);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "89 00, nothing for 500 ms",
        "8a 04 70 6f 6e 67, nothing else for 500 ms",
    })
    void aFloodDoesNotStretchTheTimeout(String hex, String got) throws Exception {
        Outcome outcome = play(flood(hex, 1_000), "2.1");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.got()).matches("(?s).*(" + got + "|given up: the case takes longer than 5000 ms)");
    }

    @ParameterizedTest
    @CsvSource({"2.1, 89 00", "2.1, 8a 00", "6.2, 8a 00", "6.20, 8a 00", "6.20, 89 00", "8.1, 8a 00", "8.1, 89 00"})
    void pingsAndUnaskedPongsNowAndThenDoNotStretchItEither(String id, String hex) throws Exception {
        Outcome outcome = play(drip(hex), id);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.got()).doesNotContain("given up");
        assertThat(outcome.millis()).isLessThan(4_000);
    }

    @Test
    void aServerThatSendsForEverAndReadsNothingIsGivenUpWhileTheCheckerWrites() throws Exception {
        Outcome outcome = playTight(flood("82 7e 04 00" + " 61".repeat(1_024), 64), "9.4");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void aServerThatReadsNothingIsGivenUpWhileTheCheckerWrites(Scheme scheme) throws Exception {
        try (WscratchServer server = scheme.listening(WscratchServer.builder().maxMessage(8 << 20))
                        .start();
                Miser miser = Miser.before(scheme.port(server))) {
            String url = (scheme == Scheme.WSS ? "wss" : "ws") + "://localhost:" + miser.port();
            Outcome outcome = play(Server.parse(url + "/echo"), "9.4");
            assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(outcome.got()).isEqualTo("given up: the case takes longer than 5000 ms");
        }
    }

    @Test
    void aServerThatReadsSlowlyIsGivenUp() throws Exception {
        Outcome outcome = playTight(
                connection -> {
                    connection.accept();
                    assertThatThrownBy(() -> {
                                while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                                    for (int i = 0; i < 1_000; i++) {
                                        assertThat(connection.ended()).isFalse();
                                    }
                                }
                            })
                            .isInstanceOf(IOException.class);
                },
                "9.4");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.got()).contains("given up");
    }

    @Test
    void aHeadWithoutEndIsNoAnswer() throws Exception {
        Outcome outcome = play(
                connection -> {
                    connection.head();
                    connection.text("HTTP/1.1 101 Switching Protocols\r\n");
                    assertThatThrownBy(() -> {
                                while (true) {
                                    connection.text("X-Endless: more\r\n");
                                }
                            })
                            .isInstanceOf(IOException.class);
                },
                "1.1");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.got()).isEqualTo("an answer without an empty line");
    }

    @Test
    void pongsThatNobodyAskedForAreNoFault() throws Exception {
        Outcome outcome = play(
                connection -> {
                    connection.accept();
                    connection.hex("8a 04 70 6f 6e 67");
                    assertThat(connection.frame().text()).isEmpty();
                    connection.hex("8a 00 8a 02 68 69");
                    connection.hex("8a 00");
                    assertThat(connection.frame().closeCode()).isEqualTo(1000);
                    connection.hex("88 02 03 e8");
                },
                "6.1");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aPongWithAnotherPayloadIsNoAnswer() throws Exception {
        Outcome outcome = play(
                connection -> {
                    connection.accept();
                    connection.frame();
                    connection.hex("8a 01 78");
                    assertThat(connection.ended()).isTrue();
                },
                "6.2");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.got()).isEqualTo("pong \"x\", nothing else for 500 ms");
    }
}
