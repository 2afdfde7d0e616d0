package dev.wscratch.message;

import tools.jackson.core.StreamReadConstraints;

/**
 * What a message may make its reader do. Every message that this room writes stays far below; its size as a whole is
 * bounded where it is received, and each string with it.
 */
final class Limits {
    /** Objects and arrays within each other; a proper message has one. */
    static final int DEPTH = 8;

    /** Names, values, and the ends of objects and arrays: a proper message has less than twenty. */
    static final int TOKENS = 200;

    /** Characters of a field's name. */
    static final int NAME = 64;

    /** Digits of a number. */
    static final int NUMBER = 40;

    private static final int STRING = Integer.MAX_VALUE;

    private Limits() {}

    static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxTokenCount(TOKENS)
                .maxNameLength(NAME)
                .maxNumberLength(NUMBER)
                .maxStringLength(STRING)
                .build();
    }
}
