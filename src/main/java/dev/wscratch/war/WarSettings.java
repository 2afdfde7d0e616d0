package dev.wscratch.war;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one deployed WAR.
 *
 * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
 */
record WarSettings(int maxMessage) {
    static final WarSettings DEFAULTS = new WarSettings(1024 * 1024);

    private static final String MAX_MESSAGE = "WSCRATCH_MAX_MESSAGE";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*(|B|KiB|MiB|GiB)", Pattern.CASE_INSENSITIVE);

    WarSettings {
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage: expected at least 1 byte, got " + maxMessage);
        }
    }

    /**
     * Reads settings from the first source that has one, a setting has the same name in each.
     *
     * @param contextParameter the value of a context parameter, or null; the administrator of this one deployment set it
     * @param environment the value of an environment variable, or null; it holds for the whole app server
     * @throws IllegalArgumentException when a value is not one; the message names the setting, what it takes and what
     *     it got
     */
    static WarSettings read(
            Function<String, @Nullable String> contextParameter, Function<String, @Nullable String> environment) {
        String maxMessage = contextParameter.apply(MAX_MESSAGE);
        if (maxMessage == null) {
            maxMessage = environment.apply(MAX_MESSAGE);
        }
        return maxMessage == null ? DEFAULTS : new WarSettings(size(MAX_MESSAGE, maxMessage));
    }

    private static int size(String name, String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (matcher.matches()) {
            long bytes = Long.parseLong(matcher.group(1)) << shift(matcher.group(2));
            if (bytes >= 1 && bytes <= Integer.MAX_VALUE) {
                return (int) bytes;
            }
        }
        throw new IllegalArgumentException(name + ": expected a size from 1 byte to 2047MiB, such as 65536, 64KiB or"
                + " 1MiB, got \"" + text + "\"");
    }

    private static int shift(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "kib" -> 10;
            case "mib" -> 20;
            case "gib" -> 30;
            default -> 0;
        };
    }
}
