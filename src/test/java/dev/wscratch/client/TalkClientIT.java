package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.Program;
import dev.wscratch.message.Format;
import dev.wscratch.message.Problem;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(90)
class TalkClientIT {
    @ParameterizedTest
    @EnumSource
    void aProgramInAnotherJvmTalksInObjectsAndEnds(Format format) throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                Program program =
                        Program.java(TalkProgram.class, server.uri("/talk").toString(), format.name())) {
            assertThat(program.exitCode(60)).as("" + program.err()).isZero();
            assertThat(program.out())
                    .containsExactly(
                            "echo Grüße 🙂",
                            "ping true",
                            "live true",
                            "Result[name=lines.txt, size=100000, sha256="
                                    + "9157885b8bf71d1be0b768201c0c8b3c1686b1bac19678338f276ec292c34ad0"
                                    + ", lines=OptionalLong[20000]]",
                            "progress 32768 65536 98304 100000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyQuestionsAtOnceGetTheirOwnAnswers(Format format) throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                TalkClient talk = TalkClient.connect(server.uri("/talk"), format)) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(talk.echo("text " + i).toCompletableFuture());
                answers.add(talk.ping().thenApply(roundTrip -> "pong").toCompletableFuture());
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i % 2 == 0 ? "text " + i / 2 : "pong");
            }
        }
    }

    @Test
    void aFileThatIsTooLargeIsAProblemAndTheConnectionLivesOn() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                TalkClient talk = TalkClient.connect(server.uri("/talk"), Format.CBOR)) {
            assertThatThrownBy(() -> talk.file("zeros", new Zeros((64 << 20) + 1), received -> {}))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                            .isEqualTo(
                                    new Problem(Problem.Code.TOO_LARGE, "a file of at most 67108864 bytes", "/data")))
                    .hasMessage("too-large at /data: expected a file of at most 67108864 bytes");
            assertThat(talk.echo("still here").toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo("still here");
            assertThat(talk.file("nothing", InputStream.nullInputStream(), received -> {})
                            .sha256())
                    .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
    }

    @Test
    void aServerThatStopsFailsWhatIsDueAndSaysHow() throws Exception {
        TalkClient talk;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            talk = TalkClient.connect(server.uri("/talk"), Format.JSON);
        }
        assertThat(talk.closed().toCompletableFuture().get(10, TimeUnit.SECONDS).code())
                .isEqualTo(1001);
        assertThatThrownBy(() -> talk.echo("x").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anEndpointThatSpeaksNoSubprotocolIsRefusedAndSoIsNoServer() throws Exception {
        URI gone;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            gone = server.uri("/talk");
            assertThatThrownBy(() -> TalkClient.connect(server.uri("/echo"), Format.CBOR))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected one of [wscratch.v1.cbor], got none");
        }
        assertThatThrownBy(() -> TalkClient.connect(gone, Format.CBOR))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot connect to " + gone);
    }

    @Test
    void fiveHundredClientsShareAFixedNumberOfThreads() throws Exception {
        List<TalkClient> clients = new ArrayList<>();
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            try {
                for (int i = 0; i < 500; i++) {
                    clients.add(TalkClient.connect(server.uri("/talk"), i % 2 == 0 ? Format.CBOR : Format.JSON));
                }
                List<CompletableFuture<Duration>> pings = clients.stream()
                        .map(client -> client.ping().toCompletableFuture())
                        .toList();
                for (CompletableFuture<Duration> ping : pings) {
                    assertThat(ping.get(10, TimeUnit.SECONDS)).isPositive();
                }
                assertThat(ClientThreads.names())
                        .hasSizeLessThanOrEqualTo(ClientThreads.MOST)
                        .anyMatch(name -> name.startsWith("wscratch-client"));
            } finally {
                clients.forEach(TalkClient::close);
            }
            for (TalkClient client : clients) {
                assertThat(client.closed()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS)
                                .wasClean())
                        .isTrue();
            }
        }
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int at, int count) {
            int given = Math.min(count, left);
            left -= given;
            return given == 0 ? -1 : given;
        }
    }
}
