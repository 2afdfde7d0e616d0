package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LessonsTest {
    @Test
    void thereAreTwentyInTheirOrder() {
        assertThat(Lessons.all())
                .extracting(Lesson::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, Lessons.COUNT).boxed().toList());
    }

    @Test
    void eachHasAllFields() {
        assertThat(Lessons.all()).allSatisfy(lesson -> {
            assertThat(lesson.title()).isNotBlank().hasSizeLessThanOrEqualTo(30);
            assertThat(lesson.minutes()).isBetween(1, 3);
            assertThat(lesson.task()).isNotBlank();
            assertThat(lesson.see()).isNotBlank();
            assertThat(lesson.sentence()).isNotBlank();
            assertThat(lesson.done()).isNotBlank();
            assertThat(lesson.hint()).isNotBlank();
            assertThat(lesson.links()).isNotEmpty().allSatisfy(link -> {
                assertThat(link.text()).matches("RFC (6455|7692) §[0-9.]+|WHATWG WebSockets [a-z]+");
                assertThat(link.address()).startsWith("https://");
            });
        });
    }
}
