package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.peer.NodeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the checker finds in Node's {@code ws}, as a server and as a client; the README's table is of these numbers. */
@Timeout(240)
class NodeWsServerIT {
    private static NodeFolder node;

    @BeforeAll
    static void installWs() throws Exception {
        node = NodeFolder.install("node-check", "echo-server.mjs", "echo-client.mjs");
    }

    @Test
    void wsFailsNothingButHandshakes() throws Exception {
        try (Program program = Program.start(node.program("echo-server.mjs", "deflate"))) {
            String port = program.await("port (\\d+)").group(1);
            Report report = new Checker(Server.parse("ws://127.0.0.1:" + port + "/"), null, Duration.ofSeconds(2))
                    .run(Selection.all(), outcome -> {});
            Path shown = Path.of("target", "check-node-ws.txt");
            Files.write(shown, Summary.lines(report));
            Files.writeString(Path.of("target", "check-node-ws.html"), HtmlReport.page(report));
            assertThat(report.count(Verdict.PASS)).as(shown.toString()).isGreaterThan(300);
            assertThat(report.with(Verdict.FAIL)).allMatch(one -> one.stage() == Stage.HANDSHAKE, "handshake");
        }
    }

    @Test
    void wsAsAClientIsJudgedInEveryStageCompressionIncluded() throws Exception {
        try (ClientChecker checker = new ClientChecker(0, Duration.ofSeconds(2), Duration.ofSeconds(10))) {
            try (Program program = Program.start(node.program("echo-client.mjs", checker.url()))) {
                Report report = checker.run(Selection.ofClient(Set.of(), Set.of()), outcome -> {});
                Path shown = Path.of("target", "check-node-ws-client.txt");
                Files.write(shown, Summary.lines(report));
                assertThat(report.with(Verdict.SKIPPED))
                        .as(shown + " " + program.err())
                        .isEmpty();
                // It takes permessage-deflate twice, where both would use RSV1.
                assertThat(report.with(Verdict.FAIL))
                        .as(shown.toString())
                        .extracting(Outcome::name)
                        .containsExactly("compression/the-answer-permessage-deflate-permessage-deflate-opens-nothing");
            }
        }
    }
}
