package dev.wscratch.cli;

/** A value that the user gave is no good: the message says where, what was expected, and what was there. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
