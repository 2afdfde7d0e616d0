package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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
}
