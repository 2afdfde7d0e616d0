package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestionsTest {
    private final Suggestions suggestions = new Suggestions(List.of("ws://a.test/"));

    @Test
    void aSlashSuggestsTheCommandsAndAMessageNothing() {
        assertThat(suggestions.of(List.of("/fr"))).contains("/frames", "/fragment", "/quit");
        assertThat(suggestions.of(List.of("hello"))).isEmpty();
        assertThat(suggestions.of(List.of("//fr"))).isEmpty();
        assertThat(suggestions.of(List.of(""))).isEmpty();
    }

    @Test
    void behindACommandItsArgumentsAreSuggested() {
        assertThat(suggestions.of(List.of("/frames", ""))).containsExactly("on", "off");
        assertThat(suggestions.of(List.of("/open", "ws"))).containsExactly("ws://a.test/");
        assertThat(suggestions.of(List.of("/close", "1"))).contains("1000");
        assertThat(suggestions.of(List.of("/lesson", "")))
                .hasSize(20)
                .startsWith("1")
                .endsWith("20");
        assertThat(suggestions.of(List.of("/close", "1000", ""))).isEmpty();
        assertThat(suggestions.of(List.of("/text", "o"))).isEmpty();
    }

    @Test
    void filesAreThoseOfTheFolderTyped(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("more"));
        Files.writeString(folder.resolve("a.txt"), "");
        Files.writeString(folder.resolve("b\u001b[2J"), "");
        assertThat(suggestions.of(List.of("/file", folder + "/a")))
                .containsExactly(folder + "/a.txt", folder + "/more/");
        assertThat(suggestions.of(List.of("/save", folder + "/none/x"))).isEmpty();
    }
}
