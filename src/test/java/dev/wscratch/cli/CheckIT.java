package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckIT {
    @Test
    void aGoodServerIsExitCode0WithALineForEachStageOnStderr() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Run run = Run.of("check", "--stage", "handshake,text", ":" + server.port() + "/echo");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.err().lines())
                    .hasSize(2)
                    .allMatch(line -> line.matches("stage [12] of 10  (handshake|text) +[0-9]+ cases, 0 failed"));
            assertThat(run.out().lines()).first().isEqualTo("ws://localhost:" + server.port() + "/echo");
        }
    }

    @Test
    void headersGoWithEachHandshakeAndAreNotInTheReport() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            String url = ":" + server.port() + "/echo";
            Run run = Run.of("check", "--case", "1.1", "-H", "Origin: http://elsewhere.example", url);
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out()).contains("expected 101, got 403").doesNotContain("elsewhere");
        }
    }

    @Test
    void subprotocolsAreOfferedInEachHandshake() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            String url = ":" + server.port() + "/talk";
            Run run = Run.of("check", "--case", "1.1", "--subprotocol", "wscratch.v1.json", url);
            assertThat(run.exitCode()).isZero();
        }
        Run client = Run.of("check", "--client", "0", "--subprotocol", "a");
        assertThat(client.exitCode()).isEqualTo(2);
    }

    @Test
    void aFailedCaseIsExitCode6WithSentWantedGotAndAHint() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Run run = Run.of("check", "--case", "2.1", ":" + server.port());
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out())
                    .contains("fail  2.1  the text Hello  (RFC 6455 5.6)")
                    .contains("  sent    81 85 37 fa 21 3d 7f 9f 4d 51 58")
                    .contains("  wanted  text \"Hello\"")
                    .contains("  got     text \"Echo: Hello\"")
                    .contains("Stage 2 of 10, text: ")
                    .contains("Next: wscratch check --case 2.1 ws://localhost:" + server.port() + "/");
        }
    }

    @Test
    void aLearnerIsToldOfTheFirstFailureOnlyWithAHint() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Run run = Run.of("check", "--learn", "--stage", "handshake,text", "-o", "text", ":" + server.port());
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out().lines())
                    .hasSize(10)
                    .contains("  got     text \"Echo: Hello\"", "Then again: the same command.");
            assertThat(run.out()).containsPattern("^38 of 54 cases are through[.] This one is not:");
            Run good = Run.of("check", "--learn", "--stage", "text", ":" + server.port() + "/echo");
            assertThat(good.exitCode()).isZero();
            assertThat(good.out())
                    .isEqualTo("All 16 chosen cases are through."
                            + " Next, all there are: wscratch check --learn ws://localhost:" + server.port()
                            + "/echo\n");
        }
    }

    @Test
    void jsonJunitAndHtmlAreWrittenWhereAsked(@TempDir Path folder) throws Exception {
        Path junit = folder.resolve("check.xml");
        Path html = folder.resolve("check.html");
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            String url = ":" + server.port() + "/echo";
            Run run =
                    Run.of("check", "--case", "2.1,2.3", "-o", "json", "--junit", "" + junit, "--html", "" + html, url);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .startsWith("{\"target\":\"ws://localhost:")
                    .contains("\"schemaVersion\":1,\"pass\":2,", "\"id\":\"2.3\"");
            assertThat(Files.readString(junit)).contains("tests=\"2\" failures=\"0\"");
            assertThat(Files.readString(html)).contains("2.3 the text a");
        }
    }

    @Test
    void aPathThatIsNoEndpointIsExitCode6ForNothingWasChecked() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Run run = Run.of("check", "--stage", "text", ":" + server.port() + "/nowhere");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(6);
            assertThat(run.out()).contains("the handshake failed, see stage 1");
        }
    }

    @Test
    void overWssTheCertificateIsCheckedUnlessItIsNamedOrNothingIs() throws Exception {
        try (WscratchServer server =
                Scheme.WSS.listening(WscratchServer.builder()).start()) {
            String url = Scheme.WSS.uri(server, "/echo");
            assertThat(Run.of("check", "--case", "2.1", url).exitCode()).isEqualTo(3);
            Run insecure = Run.of("check", "--case", "2.1", "-k", url);
            assertThat(insecure.exitCode()).as(insecure.out()).isZero();
            assertThat(insecure.err()).contains("warning: --insecure");
            Run named = Run.of("check", "--case", "2.1", "--cacert", "" + Scheme.certificate(), url);
            assertThat(named.exitCode()).as(named.err() + named.out()).isZero();
        }
    }

    @Test
    void nobodyThereIsExitCode3() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Run run = Run.of("check", "ws://127.0.0.1:" + port + "/");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("wscratch check: cannot connect to ws://127.0.0.1:" + port + "/: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void theListNamesEveryCaseAndNeedsNoServer() {
        Run run = Run.of("check", "--list");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSizeGreaterThanOrEqualTo(250).allMatch(line -> line.contains("RFC "));
    }
}
