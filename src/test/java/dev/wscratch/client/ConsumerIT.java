package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import dev.wscratch.server.WscratchServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a project gets that depends on the installed jar. */
class ConsumerIT {
    private static final Path FOLDER = Path.of("target", "consumer").toAbsolutePath();
    private static final String VERSION = System.getProperty("wscratch.version");

    @Test
    void aConsumerInheritsWhatItNeedsAndNoMoreAndRunsOnIt() throws Exception {
        install();
        build();
        List<String> jars = Stream.of(Files.readString(FOLDER.resolve("class-path.txt"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .toList();
        assertThat(jars.stream()
                        .map(jar -> Path.of(jar).getFileName().toString().replaceAll("-[0-9].*", "")))
                .contains("wscratch", "jakarta.websocket-api", "tyrus-client", "tyrus-server", "grizzly-framework")
                .doesNotContain(
                        "picocli",
                        "logback-classic",
                        "logback-core",
                        "slf4j-api",
                        "slf4j-jdk-platform-logging",
                        "jul-to-slf4j",
                        "jspecify",
                        "junit-jupiter",
                        "assertj-core",
                        "jakarta.servlet-api");
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                Program program = Program.start(new ProcessBuilder(
                        Program.javaCommand().toString(),
                        "-cp",
                        FOLDER.resolve("target/classes") + File.pathSeparator + String.join(File.pathSeparator, jars),
                        "org.example.Main",
                        server.uri("/").toString()))) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            String closed = "closed 1000 cleanly";
            assertThat(program.out())
                    .containsExactly("Echo: Hello from a consumer", closed, "Echo: Hello from a consumer", closed);
        }
    }

    /** As {@code mvn install} lays it out, but into a repository of its own, so that nobody's is changed. */
    private static void install() throws IOException {
        Path place = FOLDER.resolve("installed/dev/wscratch/wscratch").resolve(VERSION);
        Files.createDirectories(place);
        copy(Path.of("target", "wscratch.jar"), place.resolve("wscratch-" + VERSION + ".jar"));
        copy(Path.of("pom.xml"), place.resolve("wscratch-" + VERSION + ".pom"));
        // A new build must not be hidden by the last one.
        Path cached = FOLDER.resolve("local/dev/wscratch");
        if (Files.exists(cached)) {
            try (Stream<Path> old = Files.walk(cached)) {
                for (Path file : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void build() throws Exception {
        Path sources = FOLDER.resolve("src/main/java/org/example");
        Files.createDirectories(sources);
        copy(Path.of("src/test/consumer/pom.xml"), FOLDER.resolve("pom.xml"));
        copy(Path.of("src/test/consumer/src/main/java/org/example/Main.java"), sources.resolve("Main.java"));
        Path maven = Requires.program("MAVEN", "mvn");
        try (Program program = Program.start(new ProcessBuilder(
                        maven.toString(),
                        "-B",
                        "-q",
                        "-Dmaven.repo.local=" + FOLDER.resolve("local"),
                        "-Dinstalled=" + FOLDER.resolve("installed").toUri(),
                        "-Dmachine="
                                + Path.of(System.getProperty("wscratch.local-repository"))
                                        .toUri(),
                        "-Dwscratch.version=" + VERSION,
                        "-Dmdep.outputFile=class-path.txt",
                        "compile",
                        "dependency:build-classpath")
                .directory(FOLDER.toFile()))) {
            assertThat(program.exitCode(240))
                    .as(program.out() + "\n" + program.err())
                    .isZero();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
