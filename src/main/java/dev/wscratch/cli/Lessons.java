package dev.wscratch.cli;

import dev.wscratch.message.JsonData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lessons, from the file that the page reads as well. */
final class Lessons {
    /** How many there are, so that a Tab key need not read them. */
    static final int COUNT = 20;

    private static final String FILE = "/dev/wscratch/webapp/lessons/lessons.json";

    private Lessons() {}

    /** All of them, in their order. */
    static List<Lesson> all() {
        try (InputStream in = Lessons.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("expected " + FILE + " on the class path, got none. Try: build again");
            }
            if (JsonData.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)) instanceof List<?> lessons) {
                return lessons.stream().map(Lesson::of).toList();
            }
            throw new IllegalStateException("expected a list in " + FILE + ", got something else");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The one with this number.
     *
     * @throws UsageException if there is none
     */
    static Lesson of(Value number) {
        return all().get(number.number(1, COUNT) - 1);
    }
}
