package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @Test
    void aCommandsHelpIsWhatItSaysItself() {
        assertThat(Run.of("help", "connect")).isEqualTo(Run.of("connect", "--help"));
        assertThat(Run.of("help")).isEqualTo(Run.of("--help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "connect", "explain", "check", "bench", "completion", "help"})
    void theHelpOfACommandIsItsOwnAndFitsTheLine(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("\nUsage: wscratch ").doesNotContain("%n");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theLessonsAreListedWithTheWayOn() {
        Run run = Run.of("help", "lessons");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(Lessons.COUNT + 3)
                .startsWith("   1  Hello, wire                    1 minute")
                .endsWith(
                        "To read    wscratch help lessons 5 prints lesson 5.",
                        "To do      http://localhost:8080/#/lesson/1, once 'wscratch serve' runs");
    }

    @Test
    void aLessonIsPrintedWithinALine() {
        Run run = Run.of("help", "lessons", "5");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Lesson 5: Why are my bytes scrambled? (3 minutes)\n\nDo         Send “Hello” twice.\n")
                .contains("\nSee        The same five letters", "\n           ", "\nIn short   A browser masks")
                .contains("\nDone when  the same text", "\nHint       Any text will do")
                .contains("\nRead on    RFC 6455 §5.3: https://www.rfc-editor.org/rfc/rfc6455#section-5.3\n")
                .endsWith("\nWhere      http://localhost:8080/#/lesson/5, once 'wscratch serve' runs\n");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }
}
