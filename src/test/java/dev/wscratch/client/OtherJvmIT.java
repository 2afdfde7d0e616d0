package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.server.WscratchServer;
import org.junit.jupiter.api.Test;

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
}
