package dev.wscratch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log message of ours, taken apart: {@code close conn=3 code=1000 reason="bye"}.
 *
 * @param event the first word
 * @param values by key, in order; quoted ones without their quotes, and as escaped as they were logged
 */
record EventFields(String event, Map<String, String> values) {
    private static final Pattern EVENT = Pattern.compile("[a-z_]+");

    /** In quotes a backslash hides the next character, as {@link dev.wscratch.wire.PeerText} writes it. */
    private static final Pattern FIELD =
            Pattern.compile(" ([a-z_]+)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\"=]*+))(?= |$)");

    /** What every line has besides. */
    private static final java.util.Set<String> TAKEN =
            java.util.Set.of("time", "level", "logger", "event", "message", "error", "stack");

    /** Reads a message; null if it is not of that form from end to end, or has a key twice. */
    static @Nullable EventFields parse(String message) {
        Matcher event = EVENT.matcher(message);
        if (!event.lookingAt()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(message);
        int at = event.end();
        while (at < message.length()) {
            if (!field.find(at) || field.start() != at || TAKEN.contains(field.group(1))) {
                return null;
            }
            String value = field.group(2) == null ? field.group(3) : field.group(2);
            if (values.putIfAbsent(field.group(1), value) != null) {
                return null;
            }
            at = field.end();
        }
        return values.isEmpty() ? null : new EventFields(event.group(), values);
    }
}
