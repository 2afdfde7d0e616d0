package dev.wscratch.message;

/**
 * What came in a text message; the type by which Jakarta finds {@link JsonDecoder}.
 *
 * @param reading what it says, or what is wrong with it
 * @param bytes of payload
 */
public record IncomingJson(Reading reading, int bytes) {}
