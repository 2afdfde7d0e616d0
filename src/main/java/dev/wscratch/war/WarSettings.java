package dev.wscratch.war;

import dev.wscratch.wire.ByteSize;
import dev.wscratch.wire.OriginPolicy;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one deployed WAR.
 *
 * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
 * @param origins of pages that may connect, besides this web application's own; {@code *} for any
 * @param hosts names of this server; if there are any, no other Host is answered but loopback's
 * @param inspector whether there is {@code /inspect}
 */
record WarSettings(int maxMessage, List<String> origins, List<String> hosts, boolean inspector) {
    static final WarSettings DEFAULTS = new WarSettings(1024 * 1024, List.of(), List.of(), true);

    private static final String MAX_MESSAGE = "WSCRATCH_MAX_MESSAGE";
    private static final String ORIGINS = "WSCRATCH_ORIGINS";
    private static final String HOSTS = "WSCRATCH_HOSTS";
    private static final String INSPECTOR = "WSCRATCH_INSPECTOR";

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
        String inspector = setting.apply(INSPECTOR);
        return new WarSettings(
                maxMessage == null ? DEFAULTS.maxMessage() : size(MAX_MESSAGE, maxMessage),
                list(ORIGINS, setting.apply(ORIGINS), origins -> new OriginPolicy(origins, List.of())),
                list(HOSTS, setting.apply(HOSTS), hosts -> new OriginPolicy(List.of(), hosts)),
                inspector == null ? DEFAULTS.inspector() : truth(INSPECTOR, inspector));
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
        long bytes = ByteSize.read(text).orElse(0);
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": expected a size from 1 to " + Integer.MAX_VALUE
                    + " bytes, such as " + ByteSize.EXAMPLES + ", got \"" + text + "\"");
        }
        return (int) bytes;
    }

    /** As the command line reads it. */
    private static boolean truth(String name, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + ": expected one of true, false, got \"" + text + "\"");
        };
    }
}
