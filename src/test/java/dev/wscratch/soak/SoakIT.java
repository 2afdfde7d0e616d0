package dev.wscratch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The soak itself, as short as it may be: whether its verdict means something. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SoakIT {
    @TempDir
    private Path folder;

    @Test
    void aServerThatLosesHeapAndDescriptorsIsFoundOutAndAllElseIsWell() throws Exception {
        // The JVM's options come by JAVA_OPTS, as the launcher takes them.
        List<String> leaking = List.of(
                "sh",
                "-c",
                "exec \"$0\" $JAVA_OPTS -cp \"$1\" " + SoakServer.class.getName() + " heap=400 descriptors=1",
                Program.javaCommand().toString(),
                System.getProperty("java.class.path"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        SoakSettings settings = new SoakSettings(Duration.ofMinutes(1), 256, 0.3, folder, leaking);
        boolean steady = new Soak(settings, new PrintStream(said, true, UTF_8)).run();
        assertThat(said.toString(UTF_8))
                .contains("soak: heap after GC, KiB grew by ")
                .contains("soak: other file descriptors grew by ")
                .doesNotContain("steps went wrong", "the server logged an error")
                .endsWith("soak: NOT STEADY\n");
        assertThat(steady).isFalse();
        assertThat(Files.readString(folder.resolve("report.json"))).contains("\"steady\": false");
        assertThat(Files.readAllLines(folder.resolve("samples.csv"))).hasSizeGreaterThan(20);
    }
}
