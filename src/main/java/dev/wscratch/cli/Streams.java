package dev.wscratch.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes.
 *
 * @param in data
 * @param out data
 * @param err words for people
 * @param outIsTerminal whether a person sees {@code out} on a terminal, which peer text must not drive
 */
record Streams(InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal) {
    /**
     * The process's own. What stdout is, the launcher script knows better than the JVM, and says so by a property; without
     * it a terminal is assumed, which is the safe side.
     */
    static Streams ofProcess() {
        boolean terminal = Boolean.parseBoolean(System.getProperty("wscratch.stdout.terminal", "true"));
        return new Streams(System.in, System.out, System.err, terminal);
    }

    /** Says one line to people. */
    void say(String line) {
        err.println(line);
    }
}
