package dev.wscratch.fault;

/**
 * One parameter of a fault.
 *
 * @param name in the query, or in braces in the path
 * @param inPath whether it may also stand as a segment of the path, as {@code /fault/close/4001}
 * @param type what it may be
 * @param preset its value when it is not given
 * @param meaning in a few words
 * @param <T> what a script gets
 */
record Parameter<T>(String name, boolean inPath, Type<T> type, String preset, String meaning) {
    Parameter {
        if (type.parse(preset) == null) {
            throw new IllegalArgumentException(
                    name + ": the preset " + preset + " is not what is expected: " + type.range());
        }
    }

    static <T> Parameter<T> inPath(String name, Type<T> type, String preset, String meaning) {
        return new Parameter<>(name, true, type, preset, meaning);
    }

    static <T> Parameter<T> inQuery(String name, Type<T> type, String preset, String meaning) {
        return new Parameter<>(name, false, type, preset, meaning);
    }
}
