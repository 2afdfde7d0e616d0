package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BenchIT {
    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run bench(String resource, String... options) {
        String[] args = new String[options.length + 6];
        args[0] = "bench";
        args[1] = ":" + server.port() + resource;
        args[2] = "-d";
        args[3] = "200ms";
        args[4] = "--warm-up";
        args[5] = "50ms";
        System.arraycopy(options, 0, args, 6, options.length);
        return Run.of(args);
    }

    @Test
    void atARateItReportsWhatWasDueAndExitsWith0() {
        Run run = bench("/echo", "-c", "3", "--rate", "500", "--assert", "p50<30s", "--assert", "rate>=1");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("3 connections, 64-byte text, open model 500 msg/s")
                .contains("Messages    100 sent   100 echoed, each verified   0 lost   0 wrong")
                .contains("Latency from the moment each message was due")
                .contains("Assert      ok     p50")
                .contains("Generator   CPU");
    }

    @Test
    void headersGoWithEachHandshake() {
        assertThat(bench("/echo", "-H", "Origin: http://elsewhere.example").exitCode())
                .as("the server refuses that page")
                .isEqualTo(4);
        Run own = bench("/echo", "-H", "Host: other");
        assertThat(own.exitCode()).isEqualTo(2);
        assertThat(own.err()).contains("--header: expected one that the handshake does not write itself, got Host");
        Run lines = bench("/echo", "-H", "X-A: 1\r\nX-B: 2");
        assertThat(lines.err()).contains("--header: expected a header value on one line");
    }

    @Test
    void aSubprotocolIsOfferedAndMustBeChosen() {
        Run none = bench("/echo", "--subprotocol", "chat.v1");
        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.err()).contains("expected one of [chat.v1], got none");
        Run twice = bench("/echo", "--subprotocol", "a", "--subprotocol", "a");
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).contains("--subprotocol: expected each one once, got \"a\" twice");
        assertThat(bench("/echo", "--subprotocol", "a b").err())
                .contains("--subprotocol: expected a subprotocol of token characters");
    }

    @Test
    void aClosedLoopSaysSo() {
        Run run = bench("/echo", "--closed", "-p", "4", "-s", "1KiB", "-b");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1,024-byte binary, closed loop with 4 in flight each");
    }

    @Test
    void jsonAndCsvGoToStdoutAndTheDistributionToItsFile(@TempDir Path folder) throws IOException {
        Path hdr = folder.resolve("out.hgrm");
        Run json = bench("/echo", "-o", "json", "--hdr", "" + hdr, "--threads", "2", "--ramp", "50ms");
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(json.out()).startsWith("{\"schemaVersion\":1,").contains("\"threads\":2,", "\"rampSeconds\":0.050");
        assertThat(Files.readString(hdr)).contains("Percentile", "#[Mean");
        Run csv = bench("/echo", "-o", "csv");
        assertThat(csv.out().lines()).first().isEqualTo("second,messages,p50_ms,p99_ms,max_ms");
        assertThat(csv.out()).contains("\ntotal,200,");
    }

    @Test
    void theServersProcessIsReadWhereItIsNamed() {
        String pid = Long.toString(ProcessHandle.current().pid());
        Run run = bench("/echo", "--closed", "--pid", pid);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("Server      CPU \\d+ % of a core, ([0-9,]+|no) messages per CPU second, [0-9,]+ MiB");
    }

    @Test
    void idleConnectionsAreHeldAndEachEchoesAtTheEnd() {
        Run run = Run.of("bench", ":" + server.port() + "/echo", "--idle", "50", "-d", "200ms");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("50 connections, idle for 0.")
                .contains("Opened      50   50 of them echoed a message at the end")
                .contains("Close       50 x 1000");
    }

    @Test
    void overTlsItIsTheSame() throws IOException {
        try (WscratchServer secure =
                Scheme.WSS.listening(WscratchServer.builder()).start()) {
            String url = Scheme.WSS.uri(secure, "/echo");
            Run run = Run.of("bench", url, "-d", "200ms", "--warm-up", "10ms", "--cacert", "" + Scheme.certificate());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("(TCP + TLS + upgrade)");
            assertThat(Run.of("bench", url, "-d", "100ms").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUpAfterThePatience() throws IOException {
        try (WscratchServer faulty =
                WscratchServer.builder().port(0).faults(true).start()) {
            String url = ":" + faulty.port() + "/fault/silent?for=20s";
            Run run = Run.of("bench", url, "-c", "1", "-d", "20s", "--warm-up", "0s", "--patience", "300ms");
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.err()).contains("expected replies, got none for 0.3 s");
        }
    }

    @Test
    void anAssertionThatDoesNotHoldIsExitCode7() {
        Run run = bench("/echo", "--assert", "rate>=100000000");
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.out()).contains("Assert      FAILED rate");
    }

    @Test
    void aWrongReplyIsExitCode5() {
        Run run = bench("/");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).startsWith("wscratch bench: a reply was wrong or lost: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRefusalIsExitCode4WithItsStatus() {
        Run run = bench("/nowhere");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("refused").contains("404");
    }

    @Test
    void nobodyAtThePortIsExitCode3() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Run run = Run.of("bench", ":" + port + "/echo");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("cannot connect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://u:secret@localhost:1/", "wss://u:sec ret@localhost/", "u:secret@localhost:x/"})
    void userAndPasswordAreRefusedAndNotRepeated(String url) {
        Run run = Run.of("bench", url);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("URL: expected").doesNotContain("sec").hasLineCount(1);
    }

    @Test
    void aPathThatIsNotAsciiIsRequestedPercentEncoded() {
        Run run = bench("/\u00e9?a[]=1");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("404");
    }

    @Test
    void anIpv6AddressIsNamedInBrackets() throws IOException {
        try (WscratchServer six = WscratchServer.builder().host("::1").port(0).start()) {
            Run run = Run.of("bench", "ws://[::1]:" + six.port() + "/echo", "-d", "100ms", "--warm-up", "10ms");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--closed --rate 5, got both",
        "-p 2, --in-flight with --closed",
        "--assert p99, --assert: expected",
        "--assert p99<20, --assert: expected",
        "-c 0, --connections: expected",
        "-c 2 --threads 3, --threads: expected",
        "--idle 5 --closed, expected --idle without",
        "--idle 5 -o csv, --output: expected",
        "--pid 2000000000, --pid: expected a process"
    })
    void badOptionsAreExitCode2(String options, String expected) {
        Run run = bench("/echo", options.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(expected).hasLineCount(1);
    }
}
