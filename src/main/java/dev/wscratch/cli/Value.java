package dev.wscratch.cli;

import dev.wscratch.wire.ByteSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value of the user as text, and where it came from, so that a complaint can name the place.
 *
 * @param source the option, the environment variable, or file, line and key
 * @param text as given
 */
record Value(String source, String text) {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

    /** What stands for zero where zero means never. */
    private static final String OFF = "off";

    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** A size as {@link #size} reads it, in the largest binary unit that divides it. */
    static String ofSize(long bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
    }

    /** A time as {@link #durationOrOff} reads it, in the largest unit that divides it, days aside. */
    static String ofDuration(Duration time) {
        long millis = time.toMillis();
        if (millis == 0) {
            return OFF;
        }
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        if (millis % 60_000 != 0) {
            return millis / 1_000 + "s";
        }
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 60_000 + "m";
    }

    /** One word, neither empty nor with blanks. */
    String word() {
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
            throw wrong("one word");
        }
        return text;
    }

    /** A whole number between the two, both included. */
    int number(int least, int most) {
        return numberIn(text, least, most, "");
    }

    /** A number such as {@code 100} or {@code 100/s} between the two, both included. */
    int perSecond(int least, int most) {
        String stripped = text.strip();
        return numberIn(stripped.replaceFirst("\\s*/s$", ""), least, most, " per second, such as 100/s");
    }

    private int numberIn(String digits, int least, int most, String what) {
        try {
            int number = Integer.parseInt(digits.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in words for people.
        }
        throw wrong("a whole number from " + least + " to " + most + what);
    }

    /** A path, which need not lead anywhere. */
    Path path() {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong("a path (" + Printable.of(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** One of these words, in any case. */
    String oneOf(String... words) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (Arrays.asList(words).contains(word)) {
            return word;
        }
        throw wrong("one of " + String.join(", ", words));
    }

    /** {@code true} or {@code false}: an environment variable that is merely there says neither. */
    boolean truth() {
        return oneOf("true", "false").equals("true");
    }

    /** Whether it is the word {@code off}. */
    boolean isOff() {
        return text.strip().equalsIgnoreCase(OFF);
    }

    /**
     * Entries with commas between them, perhaps none.
     *
     * @param check throws {@link IllegalArgumentException} for entries that it does not take
     */
    List<String> list(Consumer<List<String>> check) {
        List<String> entries = text.isBlank()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
        try {
            check.accept(entries);
        } catch (IllegalArgumentException e) {
            // Written as a sentence of its own there.
            throw new UsageException(
                    source + ": " + String.valueOf(e.getMessage()).replaceFirst("^Expected ", "expected "));
        }
        return entries;
    }

    /** A size in bytes such as {@code 65536}, {@code 64KB} or {@code 1MiB}, between the two, both included. */
    int size(int least, int most) {
        return (int) size((long) least, most);
    }

    /** A size as above, also one past 2 GiB. */
    long size(long least, long most) {
        long size = ByteSize.read(text).orElseThrow(() -> wrong("a size such as " + ByteSize.EXAMPLES));
        if (size < least || size > most) {
            throw wrong("a size from " + least + " to " + most + " bytes");
        }
        return size;
    }

    /** A time such as {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}, also none. */
    Duration duration() {
        return Duration.ofMillis(scaled("a time such as 500ms, 5s, 2m or 1h"));
    }

    /** A time of more than zero and at most {@code longest}. */
    Duration duration(Duration longest) {
        Duration time = duration();
        if (time.isZero() || time.compareTo(longest) > 0) {
            throw wrong("a time of more than zero and at most " + ofDuration(longest));
        }
        return time;
    }

    /** A time of at most {@code longest}, or {@code off}, which is zero. */
    Duration durationOrOff(Duration longest) {
        Duration time = isOff() ? Duration.ZERO : Duration.ofMillis(scaled("off, or a time such as 5s or 2m"));
        if (time.compareTo(longest) > 0) {
            throw wrong("off, or a time of at most " + ofDuration(longest));
        }
        return time;
    }

    private long scaled(String expected) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = parts.matches() ? MILLISECONDS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw wrong(expected);
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
        } catch (ArithmeticException e) {
            throw wrong("a smaller value");
        }
    }

    /** The complaint that something else was expected. */
    UsageException wrong(String expected) {
        return new UsageException(source + ": expected " + expected + ", got \"" + Printable.of(text) + "\"");
    }
}
