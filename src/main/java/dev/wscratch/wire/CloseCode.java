package dev.wscratch.wire;

/**
 * The status code of a Close frame.
 *
 * @param value 0 to 65535
 */
public record CloseCode(int value) {}
