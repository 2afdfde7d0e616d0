package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the checker finds in Node's {@code ws}, as a server and as a client; the README's table is of these numbers. */
@Timeout(240)
class NodeWsServerIT {
    private static final Path FOLDER = Path.of("target", "node-check");
    private static Path node = Path.of("node");

    @BeforeAll
    static void installWs() throws Exception {
        node = Requires.program("NODE", "node");
        Path npm = Requires.program("NPM", "npm");
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "echo-server.mjs", "echo-client.mjs")) {
            Files.copy(Path.of("src/test/node", file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder install = new ProcessBuilder(
                npm.toString(), "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
        try (Program program = Program.start(install.directory(FOLDER.toFile()))) {
            assertThat(program.exitCode(120)).as("npm ci: " + program.err()).isZero();
        }
    }

    @Test
    void wsFailsNothingButHandshakes() throws Exception {
        ProcessBuilder command = new ProcessBuilder(node.toString(), "echo-server.mjs", "deflate");
        try (Program program = Program.start(command.directory(FOLDER.toFile()))) {
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
            ProcessBuilder command = new ProcessBuilder(node.toString(), "echo-client.mjs", checker.url());
            try (Program program = Program.start(command.directory(FOLDER.toFile()))) {
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
