package dev.wscratch.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes.
 *
 * @param in data
 * @param out data
 * @param err words for people
 * @param inIsTerminal whether a person types {@code in}
 * @param outIsTerminal whether a person sees {@code out} on a terminal, which peer text must not drive
 * @param errIsTerminal whether a person sees {@code err} on a terminal
 */
record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    /** Without a terminal for {@code in} and {@code err}. */
    Streams(InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal) {
        this(in, out, err, false, outIsTerminal, false);
    }

    /**
     * The process's own. What they are, the launcher script knows better than the JVM, and says so by properties; without
     * them, stdout is assumed to be a terminal, which is the safe side.
     */
    static Streams ofProcess() {
        return new Streams(
                System.in,
                System.out,
                System.err,
                Boolean.getBoolean("wscratch.stdin.terminal"),
                Boolean.parseBoolean(System.getProperty("wscratch.stdout.terminal", "true")),
                Boolean.getBoolean("wscratch.stderr.terminal"));
    }

    /** Says one line to people. */
    void say(String line) {
        err.println(line);
    }
}
