package dev.wscratch.bench;

import java.io.IOException;

/** The server answered the handshake, but not with what RFC 6455 section 4.1 asks of it. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
