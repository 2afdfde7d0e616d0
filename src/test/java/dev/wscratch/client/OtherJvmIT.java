package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.server.WscratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherJvmIT {
    @Test
    void aProgramInAnotherJvmTalksAndStaysUntilTheConnectionEnds() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                Program program =
                        Program.java(OtherJvm.class, server.uri("/echo").toString())) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out())
                    .containsExactly(
                            "open OPEN",
                            "text Hello from another JVM: Grüße 🙂",
                            "binary 00ff0a",
                            "close 4002 clean=true");
        }
    }

    @Test
    void theRootAnswersAsTheTutorialDoes() throws Exception {
        WscratchServer server = WscratchServer.builder().port(0).start();
        try (Program program = Program.java(OtherJvm.class, server.uri("/").toString())) {
            try (server) {
                program.await("text Echo: Hello from another JVM: Grüße 🙂");
                program.await("text Echo: \0");
            }
            program.await("close 1001 clean=true");
            assertThat(program.exitCode(10)).isZero();
        }
    }

    @Test
    void whereNobodyListensTheProgramSaysSoAndEnds() throws Exception {
        String url;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            url = server.uri("/").toString();
        }
        try (Program program = Program.java(OtherJvm.class, url)) {
            assertThat(program.exitCode(30)).isZero();
            assertThat(program.out()).hasSize(2).first().asString().startsWith("error connect: cannot reach");
            assertThat(program.out()).last().isEqualTo("close 1006 clean=false");
        }
    }

    /** The server listens on 127.0.0.1 alone, so that its port on 127.0.0.2 is nobody's. */
    @Test
    void aHostWhoseFirstAddressRefusesIsReachedByTheNextOne(@TempDir Path folder) throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.2 two.test\n127.0.0.1 two.test\n");
        try (WscratchServer server =
                WscratchServer.builder().port(0).hosts(List.of("two.test")).start()) {
            String url = server.uri("/echo").toString().replace("127.0.0.1", "two.test");
            ProcessBuilder program = Program.javaBuilder(OtherJvm.class, url);
            program.command().add(1, "-Djdk.net.hosts.file=" + hosts);
            try (Program running = Program.start(program)) {
                assertThat(running.exitCode(30)).as("" + running.err()).isZero();
                assertThat(running.out()).first().isEqualTo("open OPEN");
                assertThat(running.out()).last().isEqualTo("close 4002 clean=true");
            }
        }
    }
}
