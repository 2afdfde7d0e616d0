package dev.wscratch.bench;

import java.io.IOException;

/** More messages are in flight than are kept count of: replies come slower than messages are due. */
public final class OverloadException extends IOException {
    private static final long serialVersionUID = 1;

    OverloadException(String message) {
        super(message);
    }
}
