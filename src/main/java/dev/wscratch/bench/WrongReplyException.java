package dev.wscratch.bench;

import java.io.IOException;

/** The server's answer was not the echo: says what was expected and what came. */
public final class WrongReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongReplyException(String message) {
        super(message);
    }
}
