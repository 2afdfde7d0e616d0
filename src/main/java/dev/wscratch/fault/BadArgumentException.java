package dev.wscratch.fault;

import java.io.Serial;

/** A request for a fault that cannot be played; the message says what was expected and what came. */
final class BadArgumentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadArgumentException(String message) {
        super(message);
    }
}
