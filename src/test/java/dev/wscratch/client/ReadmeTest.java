package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theJavaExampleReadsLineForLineLikeTheBrowsers() throws IOException {
        List<String> browser = Readme.block("js", "// In a browser").stream()
                .map(line -> line.replaceAll("^(const|let) ", "var ")
                        .replaceAll("\\bconsole\\.log\\b", "System.out.println")
                        .replaceAll(
                                "\\bconsole\\.error\\(\"Error\"\\)",
                                "System.err.println(\"Error: \" + event.message())")
                        .replaceAll("^var sendMessage = \\(message\\) =>", "Consumer<String> sendMessage = message ->")
                        .replaceAll("^(ws\\.on\\w+) = \\(event\\) => (.*);$", "$1(event -> $2);")
                        .replaceAll("^(ws\\.on\\w+) = \\(event\\) => \\{$", "$1(event -> {")
                        .replaceAll("^};$", "});")
                        .replaceAll("\\bevent\\.(data|code|reason)\\b", "event.$1()"))
                .toList();
        assertThat(Readme.block("java", "// In Java")).isEqualTo(browser);
    }

    @Test
    void everyDifferenceFromABrowserIsListed() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(Scenarios.ALL.stream()
                        .map(Scenario::difference)
                        .filter(Objects::nonNull)
                        .distinct())
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(readme).contains("\n| " + difference + " | "));
    }
}
