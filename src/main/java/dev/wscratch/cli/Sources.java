package dev.wscratch.cli;

import java.util.Map;
import java.util.Optional;

/**
 * Where the settings of {@code serve} come from. The first that has one counts: the command line, the environment, the
 * file, the default.
 *
 * @param flags what the command line says
 * @param environment {@code WSCRATCH_<NAME>} and, for the port, {@code PORT}, which hosting platforms set
 * @param file what {@code --config} names
 */
record Sources(Map<ServeOption, String> flags, Environment environment, ConfigFile file) {
    /**
     * A setting and its origin.
     *
     * @param value its source is what a complaint names
     * @param origin what {@code --print-config} says
     */
    record Found(Value value, String origin) {}

    Value value(ServeOption option) {
        return find(option).value();
    }

    /**
     * Whether the user asked for anything: by an option, whatever it says, or elsewhere by another value than the default,
     * which a file that {@code --print-config} wrote says of every setting.
     */
    boolean isAsked(ServeOption option) {
        return flags.containsKey(option) || !value(option).text().equals(option.fallback());
    }

    Found find(ServeOption option) {
        String flag = flags.get(option);
        if (flag != null) {
            return new Found(new Value(option.flag(), flag), "flag");
        }
        Optional<Value> variable = option == ServeOption.PORT
                ? environment.first(option.variable(), "PORT")
                : environment.first(option.variable());
        if (variable.isPresent()) {
            return new Found(variable.get(), "environment " + variable.get().source());
        }
        return file.value(option)
                .map(value -> new Found(value, "file " + value.source()))
                .orElseGet(() -> new Found(new Value(option.flag(), option.fallback()), "default"));
    }
}
