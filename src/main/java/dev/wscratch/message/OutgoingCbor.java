package dev.wscratch.message;

/**
 * A message that leaves as CBOR; the type by which Jakarta finds {@link CborEncoder}.
 *
 * @param message to be sent
 */
public record OutgoingCbor(Message message) {}
