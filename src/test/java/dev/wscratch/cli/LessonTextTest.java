package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonTextTest {
    private static final String PAGE = "http://localhost:8080";

    @ParameterizedTest
    @ValueSource(ints = {80, 72})
    void everyLessonKeepsToTheWidthAndHasNoBackquotes(int width) {
        LessonText text = new LessonText(Colours.NONE, width);
        assertThat(Lessons.all())
                .flatExtracting(lesson -> text.lesson(lesson, PAGE, LessonText.ONCE_SERVED))
                .hasSizeGreaterThan(200)
                .allSatisfy(line -> assertThat(line).doesNotContain("`"))
                .filteredOn(line -> !line.contains("https://"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }

    @Test
    void codeIsBoldWhereThereAreColoursAndStaysOnOneLine() {
        LessonText text = new LessonText(Colours.ANSI, 40);
        assertThat(text.lesson(Lessons.all().get(6), PAGE, LessonText.IF_OURS))
                .contains("           \u001b[1m82 7f 00 00 00 00 00 01 00 00\u001b[22m.")
                .noneMatch(line -> line.contains("`"));
    }
}
