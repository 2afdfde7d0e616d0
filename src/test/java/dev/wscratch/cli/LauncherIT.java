package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher script of the distribution, as a process. */
@Timeout(90)
class LauncherIT {
    @Test
    void theBannerSaysWhereAndTheEchoWorksThroughTheLauncher() throws Exception {
        try (Program server = launch("serve", "--port", "0")) {
            int port = port(server);
            assertThat(server.err())
                    .anyMatch(line -> line.matches("wscratch [0-9].* ready in [0-9.]+ s"))
                    .contains("  page  http://localhost:" + port)
                    .contains("  echo  ws://localhost:" + port + "/echo")
                    .contains("  talk  ws://localhost:" + port + "/talk")
                    .contains("  try:  wscratch connect :" + port + "/echo");
            server.await("Ctrl-C to stop");
            try (Program client = launch("connect", ":" + port + "/echo", "-n", "2")) {
                client.input("a\nGrüße 🙂\n");
                assertThat(client.exitCode(30)).as("" + client.err()).isZero();
                assertThat(client.out()).containsExactly("a", "Grüße 🙂");
            }
            assertThat(server.out()).as("stdout is for data").isEmpty();
            server.await("INFO .*1000");
        }
    }

    @Test
    void textStaysAsItIsInTheLocaleC() throws Exception {
        try (Program server = launch("serve", "--port", "0")) {
            ProcessBuilder client =
                    builder("connect", ":" + port(server) + "/echo", "-n", "2", "-x", "Grüße", "-x", "🙂");
            client.environment().put("LC_ALL", "C");
            try (Program program = Program.start(client)) {
                assertThat(program.exitCode(30)).as("" + program.err()).isZero();
                assertThat(program.out()).containsExactly("Grüße", "🙂");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void aSignalClosesEverySessionWith1001AndEndsTheProcess(String signal, int exitCode) throws Exception {
        try (Program server = launch("serve", "--port", "0")) {
            WebSocket socket = new WebSocket("ws://127.0.0.1:" + port(server) + "/");
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
            long start = System.nanoTime();
            assertThat(new ProcessBuilder("kill", "-" + signal, "" + server.pid())
                            .start()
                            .waitFor())
                    .isZero();
            CloseEvent close = socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(close.code()).isEqualTo(1001);
            assertThat(close.wasClean()).isTrue();
            assertThat(server.exitCode(10)).isEqualTo(exitCode);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(5);
        }
    }

    @Test
    void aTakenPortIsOneLineThatNamesTheOwnerAndExitCode3() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Program server = launch("serve", "--log-level=warn", "--port", "" + taken.getLocalPort())) {
            assertThat(server.exitCode(20)).isEqualTo(3);
            String owner = Files.exists(Path.of("/proc/net/tcp"))
                    ? " (pid " + ProcessHandle.current().pid() + ", java)"
                    : "";
            assertThat(server.err())
                    .containsExactly("wscratch: port " + taken.getLocalPort() + " is in use" + owner
                            + ". Try: wscratch serve --port 0");
        }
    }

    @Test
    void aTakenManagementPortIsToldFromTheServersOwn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Program server = launch("serve", "--port=0", "--management-port=" + taken.getLocalPort())) {
            assertThat(server.exitCode(20)).isEqualTo(3);
            assertThat(server.err())
                    .singleElement()
                    .asString()
                    .startsWith("wscratch: port " + taken.getLocalPort() + " is in use")
                    .endsWith("Try: wscratch serve --management-port 0");
        }
    }

    @Test
    void theBannerSaysWhereHealthAndMetricsAre() throws Exception {
        try (Program server = launch("serve", "--port=0", "--management-port=0")) {
            String address = server.await("ops   (http://localhost:\\d+)/health and /metrics")
                    .group(1);
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("websocket_", "jvm_");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--port=banana,--port: expected a whole number from 0 to 65535",
        "--max-message=0,--max-message: expected a size from 1 to",
        "--prot=1,unknown option --prot; did you mean --port?",
    })
    void aBadOptionIsOneLineAndExitCode2(String option, String message) throws Exception {
        try (Program server = launch("serve", option)) {
            assertThat(server.exitCode(20)).isEqualTo(2);
            assertThat(server.err()).hasSize(1).first().asString().contains(message);
            assertThat(server.out()).isEmpty();
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsOneLineAndExitCode3() throws Exception {
        try (Program server = launch("serve", "--port=0", "--host=host.invalid")) {
            assertThat(server.exitCode(30)).isEqualTo(3);
            assertThat(server.err()).hasSize(1).first().asString().contains("cannot listen on host.invalid:0");
        }
    }

    @Test
    void theEnvironmentGivesWhatTheOptionsDoNot() throws Exception {
        ProcessBuilder builder = builder("serve");
        builder.environment().putAll(Map.of("PORT", "0", "WSCRATCH_MAX_MESSAGE", "nonsense"));
        try (Program server = Program.start(builder)) {
            assertThat(server.exitCode(20)).isEqualTo(2);
            assertThat(server.err()).first().asString().contains("WSCRATCH_MAX_MESSAGE: expected a size");
        }
        builder.environment().put("WSCRATCH_MAX_MESSAGE", "64KB");
        try (Program server = Program.start(builder)) {
            assertThat(port(server)).isNotEqualTo(8080).isPositive();
        }
    }

    @Test
    void helpLoadsNeitherServerNorClientNorLogging(@TempDir Path folder) throws Exception {
        Path classes = folder.resolve("classes.txt");
        for (String command : List.of("--help", "serve --help", "connect --help")) {
            ProcessBuilder builder = builder(command.split(" ", -1));
            builder.environment().put("JAVA_OPTS", "-Xlog:class+load:file=" + classes);
            try (Program program = Program.start(builder)) {
                assertThat(program.exitCode(20)).isZero();
            }
            assertThat(Files.readAllLines(classes))
                    .anyMatch(line -> line.contains("picocli."))
                    .noneMatch(line ->
                            line.contains("org.glassfish") || line.contains("ch.qos") || line.contains("org.slf4j"));
        }
    }

    @Test
    void aPipeLoadsNoLineEditor(@TempDir Path folder) throws Exception {
        Path classes = folder.resolve("classes.txt");
        ProcessBuilder builder = builder("connect", "ws://127.0.0.1:1/", "-x", "a");
        builder.environment().put("JAVA_OPTS", "-Xlog:class+load:file=" + classes);
        try (Program program = Program.start(builder)) {
            assertThat(program.exitCode(20)).isEqualTo(3);
        }
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("dev.wscratch.client."))
                .noneMatch(line -> line.contains("org.jline"));
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        try (Program program = launch("--version")) {
            assertThat(program.exitCode(20)).isZero();
            assertThat(program.out()).containsExactly("wscratch " + System.getProperty("wscratch.version"));
        }
    }

    @Test
    void aLinkToTheLauncherFindsItsLibraries(@TempDir Path folder) throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), launcher());
        Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());
        try (Program program = Program.start(new ProcessBuilder(second.toString(), "--version"))) {
            assertThat(program.exitCode(20)).as("" + program.err()).isZero();
        }
    }

    @Test
    void aMissingJavaAndAnOldOneAreExplained(@TempDir Path folder) throws Exception {
        ProcessBuilder builder = builder("--version");
        builder.environment().put("JAVA_HOME", folder.toString());
        try (Program program = Program.start(builder)) {
            assertThat(program.exitCode(20)).isEqualTo(1);
            assertThat(program.err()).hasSize(1).first().asString().contains("there is no bin/java in it", "17");
        }
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        try (Program program = Program.start(builder)) {
            assertThat(program.exitCode(20)).isEqualTo(1);
            assertThat(program.err()).hasSize(1).first().asString().contains("expected Java 17 or newer, got 11.0.2");
        }
    }

    private static int port(Program server) {
        return Integer.parseInt(server.await("echo  ws://localhost:(\\d+)/echo").group(1));
    }

    private static Program launch(String... args) throws IOException {
        return Program.start(builder(args));
    }

    private static ProcessBuilder builder(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher().toString());
        builder.command().addAll(List.of(args));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("WSCRATCH_") || name.equals("PORT"));
        return builder;
    }

    private static Path launcher() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("target", "wscratch-distribution"))) {
            return found.findFirst().orElseThrow().resolve("bin/wscratch").toAbsolutePath();
        }
    }
}
