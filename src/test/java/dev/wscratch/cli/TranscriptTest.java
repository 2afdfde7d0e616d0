package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
    @Test
    void whatIsTooMuchToKeepIsForgottenFromTheBeginning(@TempDir Path folder) throws Exception {
        Transcript transcript = new Transcript();
        String longText = "x".repeat(Transcript.MOST / 2);
        for (int i = 0; i < 3; i++) {
            transcript.add(new JsonLine().add("number", i).add("data", longText));
        }
        Path file = folder.resolve("saved");
        assertThat(transcript.save(new Value("/save", file.toString())))
                .isEqualTo("saved 1 events, without the first 2, which were too many to keep");
        assertThat(Files.readString(file)).startsWith("{\"number\":2,");
    }

    @Test
    void aFolderThatIsNotThereIsAMistakeOfTheUser(@TempDir Path folder) {
        assertThatThrownBy(() -> new Transcript().save(new Value("/save", folder + "/none/file")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("/save: expected a file that can be written");
    }
}
