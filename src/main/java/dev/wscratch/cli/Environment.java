package dev.wscratch.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a setting comes from: its option, else its variable {@code WSCRATCH_<NAME>}, else a variable that hosting
 * platforms set, else the default.
 *
 * @param variables of the process
 */
record Environment(Map<String, String> variables) {
    /**
     * Finds the value.
     *
     * @param option such as {@code --max-message}
     * @param given what the command line says, or null
     * @param fallback the default
     */
    Value value(String option, @Nullable String given, String fallback) {
        if (given != null) {
            return new Value(option, given);
        }
        String variable =
                "WSCRATCH_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
        if (isSet(variable)) {
            return new Value(variable, variables.getOrDefault(variable, ""));
        }
        if (option.equals("--port") && isSet("PORT")) {
            return new Value("PORT", variables.getOrDefault("PORT", ""));
        }
        return new Value("default of " + option, fallback);
    }

    private boolean isSet(String variable) {
        return !variables.getOrDefault(variable, "").isEmpty();
    }
}
