package dev.wscratch.check;

/** There is no TCP connection to be had, or no TLS: nothing can be said about the server. */
public final class CannotConnectException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotConnectException(String message, Throwable cause) {
        super(message, cause);
    }
}
