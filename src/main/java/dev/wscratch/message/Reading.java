package dev.wscratch.message;

/** What a decoder made of a message: never an exception, since some app servers close the session on one. */
public sealed interface Reading {
    /**
     * A message that keeps the rules.
     *
     * @param message as sent
     */
    record Understood(Message message) implements Reading {}

    /**
     * A message that does not.
     *
     * @param problem says why, fit to be sent back
     */
    record Misunderstood(Problem problem) implements Reading {}
}
