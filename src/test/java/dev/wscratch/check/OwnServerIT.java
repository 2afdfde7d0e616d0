package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checker against our own server, which passes everything. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OwnServerIT {
    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Report check(String path, Selection selection) throws Exception {
        Server target = Server.parse(server.uri(path).toString());
        return new Checker(target, null, Duration.ofSeconds(2)).run(selection, outcome -> {});
    }

    @Test
    void echoPassesEveryCaseAndSkipsCompressionOnly() throws Exception {
        Report report = check("/echo", Selection.all());
        assertThat(report.outcomes())
                .filteredOn(one -> one.verdict() != Verdict.PASS)
                .allMatch(one -> one.verdict() == Verdict.SKIPPED && one.stage() == Stage.COMPRESSION, "skipped");
    }

    @Test
    void deflatePassesEveryCase() throws Exception {
        Report report = check("/deflate", Selection.all());
        assertThat(report.outcomes())
                .filteredOn(one -> one.verdict() != Verdict.PASS)
                .isEmpty();
    }

    @Test
    void overTlsEveryCasePassesAsWell() throws Exception {
        try (WscratchServer secure =
                Scheme.WSS.listening(WscratchServer.builder()).start()) {
            Server target = Server.parse(Scheme.WSS.uri(secure, "/deflate"));
            Report report =
                    new Checker(target, Scheme.trusting(), Duration.ofSeconds(2)).run(Selection.all(), outcome -> {});
            assertThat(report.outcomes())
                    .filteredOn(one -> one.verdict() != Verdict.PASS)
                    .isEmpty();
        }
    }

    @Test
    void aServerThatAnswersWithOtherWordsFailsTheStageOfText() throws Exception {
        Report report = check("/", Selection.of(EnumSet.of(Stage.HANDSHAKE, Stage.TEXT, Stage.CLOSE), Set.of()));
        assertThat(report.count(Stage.HANDSHAKE, Verdict.PASS))
                .isEqualTo(report.of(Stage.HANDSHAKE).size());
        assertThat(report.count(Stage.TEXT, Verdict.FAIL))
                .isEqualTo(report.of(Stage.TEXT).size());
        assertThat(report.count(Stage.CLOSE, Verdict.FAIL)).isZero();
        assertThat(report.with(Verdict.FAIL).get(0).got()).isEqualTo("text \"Echo: Hello\"");
    }
}
