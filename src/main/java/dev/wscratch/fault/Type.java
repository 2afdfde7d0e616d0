package dev.wscratch.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter may be.
 *
 * @param <T> what a script gets
 */
interface Type<T> {
    /** {@return one word for the table} */
    String name();

    /** {@return what is allowed, in words that follow "expected"} */
    String range();

    /** {@return the value, or null if the text is none} */
    @Nullable T parse(String text);

    /** A whole number. */
    record Whole(long min, long max) implements Type<Long> {
        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

        @Override
        public String name() {
            return "number";
        }

        @Override
        public String range() {
            return min + " to " + max;
        }

        @Override
        public @Nullable Long parse(String text) {
            if (!DIGITS.matcher(text).matches()) {
                return null;
            }
            try {
                long value = Long.parseLong(text);
                return value < min || value > max ? null : value;
            } catch (NumberFormatException tooLong) {
                return null; // 19 digits above 2^63 - 1: out of every range
            }
        }
    }

    /** A time. */
    record Time(Duration max) implements Type<Duration> {
        private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");

        @Override
        public String name() {
            return "time";
        }

        @Override
        public String range() {
            return "0ms to " + max.toSeconds() + "s, such as 500ms or 2s";
        }

        @Override
        public @Nullable Duration parse(String text) {
            Matcher matcher = TIME.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            long number = Long.parseLong(matcher.group(1));
            Duration time =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMinutes(number);
                    };
            return time.compareTo(max) > 0 ? null : time;
        }
    }

    /** One of some words: the names of an enum in small letters, with dashes. */
    record Choice<E extends Enum<E>>(Class<E> words) implements Type<E> {
        @Override
        public String name() {
            return "word";
        }

        @Override
        public String range() {
            List<String> all =
                    Arrays.stream(words.getEnumConstants()).map(Choice::word).toList();
            return String.join(", ", all);
        }

        @Override
        public @Nullable E parse(String text) {
            return Arrays.stream(words.getEnumConstants())
                    .filter(word -> word(word).equals(text))
                    .findFirst()
                    .orElse(null);
        }

        private static String word(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Any text of some bytes in UTF-8. */
    record Text(int maxBytes) implements Type<String> {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public String range() {
            return "0 to " + maxBytes + " bytes of UTF-8";
        }

        @Override
        public @Nullable String parse(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length > maxBytes ? null : text;
        }
    }

    /** What may stand in a header: visible ASCII, and blanks between it. */
    record Line(int maxBytes) implements Type<String> {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public String range() {
            return "0 to " + maxBytes + " visible ASCII characters or blanks";
        }

        @Override
        public @Nullable String parse(String text) {
            return text.length() <= maxBytes && text.chars().allMatch(c -> c >= ' ' && c < 0x7F) ? text : null;
        }
    }
}
