package dev.wscratch.message;

/**
 * What came in a binary message; the type by which Jakarta finds {@link CborDecoder}.
 *
 * @param reading what it says, or what is wrong with it
 * @param bytes of payload
 */
public record IncomingCbor(Reading reading, int bytes) {}
