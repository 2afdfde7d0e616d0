package dev.wscratch.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

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
     * them, stdout is assumed to be a terminal, which is the safe side. What is written is UTF-8 in every locale: messages
     * are data, and System.out would write a question mark for what the locale lacks.
     */
    static Streams ofProcess() {
        return new Streams(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("wscratch.stdin.terminal"),
                Boolean.parseBoolean(System.getProperty("wscratch.stdout.terminal", "true")),
                Boolean.getBoolean("wscratch.stderr.terminal"));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /** Says one line to people. */
    void say(String line) {
        err.println(line);
    }
}
