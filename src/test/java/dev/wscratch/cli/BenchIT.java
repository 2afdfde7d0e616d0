package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                .contains("Messages    100 echoed, each verified")
                .contains("Latency from the moment each message was due")
                .contains("Assert      ok     p50")
                .contains("Generator   CPU");
    }

    @Test
    void aClosedLoopSaysSo() {
        Run run = bench("/echo", "--closed", "-p", "4", "-s", "1KiB", "-b");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1,024-byte binary, closed loop with 4 in flight each");
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
        "-c 0, --connections: expected"
    })
    void badOptionsAreExitCode2(String options, String expected) {
        Run run = bench("/echo", options.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(expected).hasLineCount(1);
    }
}
