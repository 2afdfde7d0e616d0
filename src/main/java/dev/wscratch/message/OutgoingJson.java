package dev.wscratch.message;

/**
 * A message that leaves as JSON; the type by which Jakarta finds {@link JsonEncoder}.
 *
 * @param message to be sent
 */
public record OutgoingJson(Message message) {}
