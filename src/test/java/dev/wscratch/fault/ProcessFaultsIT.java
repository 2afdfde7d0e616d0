package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.cli.Main;
import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows 36, 38 and 41 to 43: what the process lives on runs out. The server is a process of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProcessFaultsIT {
    private static final int OUT_OF_MEMORY = 3;
    private static final int PORT_TAKEN = 3;
    private static final int USAGE = 2;
    private static final int SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("row 36: without file descriptors the server lives on, is quiet and idle, and recovers")
    void withoutFileDescriptorsTheServerLivesOnAndRecovers() throws Exception {
        Path errors = folder.resolve("stderr");
        List<String> command = inBash(
                "ulimit -n 200; exec \"$0\" \"$@\" 2>" + errors, ChildProcess.command(List.of(), FaultyServer.class));
        try (ChildProcess server = ChildProcess.start(command)) {
            int port = Integer.parseInt(server.readLine());
            RawPeer neighbour = RawPeer.open(port, "/glutton");
            // Once while there are files: classes are loaded from some.
            assertThat(asked(neighbour, "release")).isEqualTo("done");
            assertThat(asked(neighbour, "files")).isEqualTo("done");
            List<RawPeer> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(RawPeer.connect(port));
            }
            ProcessHandle handle = server.process().toHandle();
            Duration before = handle.info().totalCpuDuration().orElseThrow();
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .pollInSameThread()
                    .untilAsserted(() -> assertThat(asked(neighbour, "hello")).isEqualTo("hello"));
            Duration spent = handle.info().totalCpuDuration().orElseThrow().minus(before);
            assertThat(asked(neighbour, "release")).isEqualTo("done");
            for (RawPeer peer : waiting) {
                peer.close();
            }
            try (RawPeer again = RawPeer.open(port, "/echo")) {
                assertThat(asked(again, "recovered")).isEqualTo("recovered");
            }
            neighbour.close();
            assertThat(Files.readAllLines(errors).size()).as("lines logged").isLessThan(60);
            // A loop that spins takes all of the two seconds; the echoes take a little.
            assertThat(spent).as("CPU time").isLessThan(Duration.ofMillis(500));
        }
    }

    @Test
    @DisplayName("row 36: more clients than file descriptors are told 503, and the neighbour is served")
    void moreClientsThanFileDescriptorsAreTold503() throws Exception {
        List<String> command =
                inBash("ulimit -n 200; exec \"$0\" \"$@\"", ChildProcess.command(List.of(), FaultyServer.class));
        try (ChildProcess server = ChildProcess.start(command)) {
            int port = Integer.parseInt(server.readLine());
            RawPeer neighbour = RawPeer.open(port, "/echo");
            List<RawPeer> crowd = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                crowd.add(RawPeer.connect(port));
            }
            assertThat(crowd.get(299).readResponse()).startsWith("HTTP/1.1 503 ");
            assertThat(asked(neighbour, "hello")).isEqualTo("hello");
            for (RawPeer peer : crowd) {
                peer.close();
            }
            await().atMost(Duration.ofSeconds(10)).pollInSameThread().untilAsserted(() -> {
                try (RawPeer again = RawPeer.open(port, "/echo")) {
                    assertThat(asked(again, "recovered")).isEqualTo("recovered");
                }
            });
            neighbour.close();
        }
    }

    @Test
    @DisplayName("row 38: without heap the process ends with exit code 3, as the launcher's option says")
    void withoutHeapTheProcessEndsWithExitCode3() throws Exception {
        try (ChildProcess server =
                ChildProcess.java(List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError"), FaultyServer.class)) {
            int port = Integer.parseInt(server.readLine());
            try (RawPeer peer = RawPeer.open(port, "/glutton")) {
                peer.sendText("heap");
                assertThat(server.exitCode()).isEqualTo(OUT_OF_MEMORY);
                assertThat(peer.readsEnd()).isTrue();
            }
        }
        String launcher = Files.readString(Path.of("scripts", "wscratch"));
        assertThat(launcher).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    @DisplayName("row 41: with standard output and error closed the server keeps serving")
    void withStandardOutputAndErrorClosedTheServerKeepsServing() throws Exception {
        int port = Quick.freePort();
        try (ChildProcess server = ChildProcess.start(inBash("exec \"$0\" \"$@\" >&- 2>&-", serve(port)))) {
            echoesAThousandTimes(port);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName("row 41: with a log pipe that nobody reads the server keeps serving")
    void withALogPipeThatNobodyReadsTheServerKeepsServing() throws Exception {
        int port = Quick.freePort();
        // Both streams are pipes of this process, which does not read them: 64 KB, and a write blocks.
        Process process = new ProcessBuilder(serve(port, "--log-level", "debug")).start();
        try {
            for (int round = 0; round < 5; round++) {
                echoesAThousandTimes(port);
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            end(process);
        }
    }

    @Test
    @DisplayName("row 41: with a full disk under the log the server keeps serving")
    void withAFullDiskUnderTheLogTheServerKeepsServing() throws Exception {
        int port = Quick.freePort();
        try (ChildProcess server =
                ChildProcess.start(inBash("exec \"$0\" \"$@\" >/dev/full 2>/dev/full", serve(port)))) {
            echoesAThousandTimes(port);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName("row 42: SIGTERM sends 1001 to all and the process ends with 143")
    void sigtermSends1001ToAll() throws Exception {
        int port = Quick.freePort();
        try (ChildProcess server = ChildProcess.start(serve(port))) {
            RawPeer peer = openSoon(port);
            server.signal("TERM");
            assertThat(peer.readClose().closeCode()).isEqualTo(1001);
            peer.sendClose(1001, "");
            assertThat(peer.readsEnd()).isTrue();
            assertThat(server.exitCode()).isEqualTo(SIGTERM);
            peer.close();
        }
    }

    @Test
    @DisplayName("row 43: a taken port is one clear line and exit code 3")
    void aTakenPortIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(errorLines(PORT_TAKEN, serve(taken.getLocalPort())))
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    @DisplayName("row 43: a bad value is one clear line and exit code 2")
    void aBadValueIsOneClearLine() throws Exception {
        assertThat(errorLines(USAGE, serve(0, "--max-message", "many")))
                .singleElement()
                .asString()
                .contains("--max-message");
    }

    private List<String> errorLines(int exitCode, List<String> command) throws Exception {
        Path errors = folder.resolve("stderr");
        try (ChildProcess server = ChildProcess.start(inBash("exec \"$0\" \"$@\" 2>" + errors, command))) {
            assertThat(server.exitCode()).isEqualTo(exitCode);
        }
        return Files.readAllLines(errors);
    }

    private static List<String> serve(int port, String... more) {
        List<String> command =
                new ArrayList<>(ChildProcess.command(List.of(), Main.class, "serve", "--port", Integer.toString(port)));
        command.addAll(List.of(more));
        return command;
    }

    private static List<String> inBash(String script, List<String> command) {
        List<String> all = new ArrayList<>(List.of("bash", "-c", script));
        all.addAll(command);
        return all;
    }

    private static void echoesAThousandTimes(int port) throws IOException {
        try (RawPeer peer = openSoon(port)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(asked(peer, "echo " + i)).isEqualTo("echo " + i);
            }
        }
    }

    /** The process may still be starting. */
    private static RawPeer openSoon(int port) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(java.net.ConnectException.class)
                .until(() -> RawPeer.open(port, "/echo"), peer -> peer != null);
    }

    private static String asked(RawPeer peer, String message) throws IOException {
        peer.send(RawPeer.frame(0x80 | RawPeer.TEXT, message.getBytes(StandardCharsets.UTF_8)));
        return peer.readDataFrame().text();
    }

    private static void end(Process process) {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
