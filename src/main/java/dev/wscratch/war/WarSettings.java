package dev.wscratch.war;

import java.util.Locale;
import java.util.Map;
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

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

    /** The units that the command line takes too: decimal ones count in thousands, binary ones in 1,024s. */
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30));

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
        Matcher parts = SIZE.matcher(text.strip());
        Long unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit != null) {
            long count = Long.parseLong(parts.group(1));
            if (count >= 1 && count <= Integer.MAX_VALUE / unit) {
                return (int) (count * unit);
            }
        }
        throw new IllegalArgumentException(name + ": expected a size from 1 to " + Integer.MAX_VALUE
                + " bytes, such as 65536, 64KB or 1MiB, got \"" + text + "\"");
    }
}
