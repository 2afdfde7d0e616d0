package dev.wscratch.cli;

/**
 * How the program ends, for scripts. A program that a signal ended has the JVM's own code: 130 after Ctrl-C (SIGINT), 143
 * after SIGTERM; its sessions were closed before.
 */
enum ExitCode {
    OK(0),
    /** A bug in wscratch; a stack trace is on stderr. */
    BUG(1),
    /** An unknown option or a bad value. */
    USAGE(2),
    /** {@code connect}: no connection; {@code serve}: a port cannot be had, or the files of TLS cannot be used. */
    CANNOT_CONNECT(3),
    /** The server answered the handshake with another HTTP status than 101. */
    REFUSED(4),
    /** The connection ended otherwise than asked for; {@code bench}: a reply was wrong or lost. */
    CLOSED_ABNORMALLY(5),
    /**
     * {@code connect --expect}: no message matched; {@code explain}: the bytes are not what they should be; {@code check}:
     * a case failed.
     */
    NOT_AS_EXPECTED(6),
    /** {@code bench}: what {@code --assert} asked for did not come true. */
    ASSERTION_FAILED(7),
    /** What was asked for did not come in time. */
    TIMEOUT(8),
    /** {@code bench}: Ctrl-C, with a report of what was measured until then; {@code connect}: Ctrl-C twice in a session. */
    INTERRUPTED(130);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
