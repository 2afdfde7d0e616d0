package dev.wscratch.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the user as text, and where it came from, so that a complaint can name the place.
 *
 * @param source the option or the environment variable
 * @param text as given
 */
record Value(String source, String text) {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

    /** Decimal units count in thousands, binary ones in 1,024s, as SI and IEC have it. */
    private static final Map<String, Long> SIZES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** A whole number between the two, both included. */
    int number(int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in words for people.
        }
        throw wrong("a whole number from " + least + " to " + most);
    }

    /** One of these words, in any case. */
    String oneOf(String... words) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (Arrays.asList(words).contains(word)) {
            return word;
        }
        throw wrong("one of " + String.join(", ", words));
    }

    /** A size in bytes such as {@code 65536}, {@code 64KB} or {@code 1MiB}, at most {@code most}. */
    int size(int most) {
        long size = scaled(SIZES, "a size such as 65536, 64KB or 1MiB");
        if (size < 1 || size > most) {
            throw wrong("a size from 1 byte to " + most + " bytes");
        }
        return (int) size;
    }

    /** A time such as {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
    Duration duration() {
        return Duration.ofMillis(scaled(MILLISECONDS, "a time such as 500ms, 5s, 2m or 1h"));
    }

    private long scaled(Map<String, Long> units, String expected) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw wrong(expected);
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
        } catch (ArithmeticException e) {
            throw wrong("a smaller value");
        }
    }

    private UsageException wrong(String expected) {
        return new UsageException(source + ": expected " + expected + ", got \"" + Printable.of(text) + "\"");
    }
}
