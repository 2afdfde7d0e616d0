package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.server.WscratchServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the README's Java example as it stands there, and runs it in a JVM of its own. */
class ReadmeIT {
    @Test
    void theJavaExampleDoesWhatTheTutorialsPageDoes(@TempDir Path folder) throws Exception {
        WscratchServer server = WscratchServer.builder().port(0).start();
        compile(folder, server);
        try (Program program = Program.start(new ProcessBuilder(
                Program.javaCommand().toString(),
                "-cp",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                "Example"))) {
            try (server) {
                program.await("Received: Echo: Hello from client!");
                program.await("Received: Echo: And again");
            }
            assertThat(program.exitCode(20)).as("" + program.err()).isZero();
            assertThat(program.out())
                    .hasSize(4)
                    .startsWith("Connected")
                    .last()
                    .asString()
                    .startsWith("Closed: 1001");
        }
    }

    /** Only the port differs from what is printed in the README. */
    private static void compile(Path folder, WscratchServer server) throws Exception {
        String example = String.join("\n", Readme.block("java", "// In Java"))
                .replace("localhost:8080", "127.0.0.1:" + server.port());
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                """
                import dev.wscratch.client.WebSocket;
                import java.util.function.Consumer;

                public class Example {
                    public static void main(String[] args) {
                        %s
                        ws.opened().thenRun(() -> sendMessage.accept("And again"));
                    }
                }
                """
                        .formatted(example));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(result).as("compiling\n" + Files.readString(source)).isZero();
    }
}
