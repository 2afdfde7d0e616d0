package dev.wscratch.cli;

import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of the process.
 *
 * @param variables an empty one counts as unset
 */
record Environment(Map<String, String> variables) {
    /** The value of the first of these variables that is set; its source is the variable's name. */
    Optional<Value> first(String... names) {
        for (String name : names) {
            String text = variables.getOrDefault(name, "");
            if (!text.isEmpty()) {
                return Optional.of(new Value(name, text));
            }
        }
        return Optional.empty();
    }
}
