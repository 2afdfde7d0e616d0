package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @Test
    void bashTakesTheScriptAndCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
        Run run = Run.of("completion", "bash");
        assertThat(run.err()).isEmpty();
        Path script = Files.writeString(folder.resolve("completion.sh"), run.out());
        assertThat(bash("bash -n " + script)).isEmpty();
        assertThat(complete(script, "conn")).contains("connect");
        assertThat(complete(script, "connect --conn")).containsExactly("--connect-timeout");
        assertThat(complete(script, "explain --d")).containsExactly("--deflate");
        assertThat(complete(script, "completion ")).contains("bash", "zsh");
        assertThat(complete(script, "completion z")).containsExactly("zsh");
    }

    @Test
    void zshGetsTheSameScript() {
        assertThat(Run.of("completion", "zsh").out())
                .isEqualTo(Run.of("completion", "bash").out())
                .contains("bashcompinit");
    }

    /** What bash offers when Tab is pressed behind these words. */
    private static String[] complete(Path script, String words) throws Exception {
        int count = words.split(" ", -1).length;
        // compopt is of use only while somebody presses Tab.
        return bash("compopt() { :; }; source " + script + "; COMP_WORDS=(wscratch " + words + "); COMP_CWORD=" + count
                        + "; _complete_wscratch; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .split("\\s+");
    }

    private static String bash(String commands) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
