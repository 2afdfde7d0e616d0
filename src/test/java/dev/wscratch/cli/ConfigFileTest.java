package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @Test
    void aLineIsAKeyAndAValueAndTheRestIsComment() {
        ConfigFile file = ConfigFile.parse(
                "my.conf", List.of("# of mine", "", "port=0", "  max-message =  4MiB # large", "\torigins ="));
        assertThat(file.value(ServeOption.PORT)).contains(new Value("my.conf:3: port", "0"));
        assertThat(file.value(ServeOption.MAX_MESSAGE)).contains(new Value("my.conf:4: max-message", "4MiB"));
        assertThat(file.value(ServeOption.ORIGINS)).contains(new Value("my.conf:5: origins", ""));
        assertThat(file.value(ServeOption.HOST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot = 1 | my.conf:2: expected the name of an option of serve without its dashes as key, got \"prot\"",
                "--port = 1 | my.conf:2: expected the name of an option of serve without its dashes as key, got \"--port\"",
                "config = x | my.conf:2: expected the name of an option of serve without its dashes as key, got \"config\"",
                "port 1 | my.conf:2: expected key = value, with the equals sign, got \"port\"",
                "tls-password secret | my.conf:2: expected key = value, with the equals sign, got \"tls-password\"",
                "tls-password:secret | my.conf:2: expected key = value, with the equals sign, got \"tls-password\"",
                "tls-password:sec=ret | my.conf:2: expected key = value, with the equals sign, got \"tls-password\"",
                "tls-password secret= | my.conf:2: expected key = value, with the equals sign, got \"tls-password\"",
                "host = b | my.conf:2: expected each key once, got \"host\"",
            })
    void aLineThatIsNotRightIsNamed(String line, String complaint) {
        assertThatThrownBy(() -> ConfigFile.parse("my.conf", List.of("host = a", line)))
                .isInstanceOf(UsageException.class)
                .hasMessage(complaint);
    }

    @Test
    void aFileThatCannotBeReadIsExplained(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.conf");
        assertThatThrownBy(() -> ConfigFile.read(new Value("--config", missing.toString())))
                .isInstanceOf(UsageException.class)
                .hasMessage("--config: expected a file of key = value lines (there is no such file), got \"" + missing
                        + "\"");
        assertThatThrownBy(() -> ConfigFile.read(new Value("--config", folder.toString())))
                .hasMessageStartingWith("--config: expected a file that can be read (");
        Path latin = Files.write(folder.resolve("latin.conf"), new byte[] {'#', (byte) 0xE4});
        assertThatThrownBy(() -> ConfigFile.read(new Value("--config", latin.toString())))
                .hasMessageStartingWith("--config: expected a file of key = value lines in UTF-8");
    }
}
