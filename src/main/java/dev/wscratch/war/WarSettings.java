package dev.wscratch.war;

import dev.wscratch.wire.OriginPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one deployed WAR.
 *
 * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
 * @param origins of pages that may connect, besides this web application's own; {@code *} for any
 * @param hosts names of this server; if there are any, no other Host is answered but loopback's
 */
record WarSettings(int maxMessage, List<String> origins, List<String> hosts) {
    static final WarSettings DEFAULTS = new WarSettings(1024 * 1024, List.of(), List.of());

    private static final String MAX_MESSAGE = "WSCRATCH_MAX_MESSAGE";
    private static final String ORIGINS = "WSCRATCH_ORIGINS";
    private static final String HOSTS = "WSCRATCH_HOSTS";

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
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
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
        Function<String, @Nullable String> setting = name -> {
            String own = contextParameter.apply(name);
            return own == null ? environment.apply(name) : own;
        };
        String maxMessage = setting.apply(MAX_MESSAGE);
        return new WarSettings(
                maxMessage == null ? DEFAULTS.maxMessage() : size(MAX_MESSAGE, maxMessage),
                list(ORIGINS, setting.apply(ORIGINS), origins -> new OriginPolicy(origins, List.of())),
                list(HOSTS, setting.apply(HOSTS), hosts -> new OriginPolicy(List.of(), hosts)));
    }

    /** Who may connect. */
    OriginPolicy originPolicy() {
        return new OriginPolicy(origins, hosts);
    }

    /** Entries with commas between them, perhaps none; {@code check} throws for those that it does not take. */
    private static List<String> list(String name, @Nullable String text, Consumer<List<String>> check) {
        List<String> entries = text == null || text.isBlank()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
        try {
            check.accept(entries);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return entries;
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
