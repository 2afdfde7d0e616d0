package dev.wscratch.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of the command line inside the test's JVM. */
record Run(int exitCode, String out, String err) {
    static Run of(String... args) {
        return withInput("", false, args);
    }

    static Run withVariables(Map<String, String> variables, String... args) {
        return run("", false, variables, args);
    }

    static Run withInput(String input, boolean terminal, String... args) {
        return run(input, terminal, Map.of(), args);
    }

    static Run withBytes(byte[] input, String... args) {
        return run(input, false, Map.of(), args);
    }

    private static Run run(String input, boolean terminal, Map<String, String> variables, String... args) {
        return run(input.getBytes(StandardCharsets.UTF_8), terminal, variables, args);
    }

    private static Run run(byte[] input, boolean terminal, Map<String, String> variables, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        int exitCode = Main.run(streams, new Environment(variables), args);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
