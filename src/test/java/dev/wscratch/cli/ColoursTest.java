package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColoursTest {
    @ParameterizedTest
    @CsvSource({
        "auto, true, xterm, , ANSI",
        "auto, false, xterm, , NONE",
        "auto, true, dumb, , NONE",
        "auto, true, , , NONE",
        "auto, true, xterm, 1, NONE",
        "always, false, dumb, 1, ANSI",
        "never, true, xterm, , NONE",
    })
    void theOptionCountsBeforeTheEnvironmentAndThatBeforeTheTerminal(
            String option, boolean terminal, String term, String noColor, Colours colours) {
        Map<String, String> variables = new HashMap<>();
        if (term != null) {
            variables.put("TERM", term);
        }
        if (noColor != null) {
            variables.put("NO_COLOR", noColor);
        }
        assertThat(Colours.of(new Value("--color", option), terminal, new Environment(variables)))
                .isEqualTo(colours);
        assertThat(colours.wrong("x")).isEqualTo(colours == Colours.ANSI ? "\u001b[31mx\u001b[39m" : "x");
    }
}
