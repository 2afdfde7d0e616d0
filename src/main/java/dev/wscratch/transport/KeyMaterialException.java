package dev.wscratch.transport;

import java.io.IOException;

/** Certificate, key or trusted issuers cannot be used; the message says which file, what was expected, and what to try. */
public final class KeyMaterialException extends IOException {
    private static final long serialVersionUID = 1L;

    KeyMaterialException(String message) {
        super(message);
    }

    KeyMaterialException(String message, Throwable cause) {
        super(message, cause);
    }
}
