package dev.wscratch.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of the command line. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its {@link ExitCode}. */
    public static void main(String[] args) {
        Logging.configure();
        int exitCode = run(Streams.ofProcess(), new Environment(System.getenv()), args);
        if (exitCode == ExitCode.OK.value() && !Logging.isStarted()) {
            // Help and the like: from JDK 21 on, exit() would load all of the logging to log itself.
            return;
        }
        System.exit(exitCode);
    }

    static int run(Streams streams, Environment environment, String... args) {
        return commandLine(streams, environment).execute(args);
    }

    static CommandLine commandLine(Streams streams, Environment environment) {
        CommandLine line = new CommandLine(new Wscratch(streams))
                .addSubcommand(Serve.command(streams, environment))
                .addSubcommand(new Connect(streams, environment))
                .addSubcommand(new Explain(streams))
                .addSubcommand(new Check(streams))
                .addSubcommand(new Bench(streams))
                .addSubcommand(new Completion(streams))
                .addSubcommand(new Help(streams, environment));
        line.setOut(new java.io.PrintWriter(streams.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(streams.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        // An @ is ours to read, in -H and -x.
        line.setExpandAtFiles(false);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, unused) -> badUsage(streams, e));
        line.setExecutionExceptionHandler((e, command, unused) -> failed(streams, e, command));
        return line;
    }

    /** One line, not picocli's whole help text: the mistake must stay in sight. */
    private static int badUsage(Streams streams, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String what = e instanceof UnmatchedArgumentException unmatched
                ? Unmatched.text(unmatched)
                : Printable.of(String.valueOf(e.getMessage()));
        streams.say(command + ": " + what + (what.endsWith("?") ? "" : ".") + " Try: " + command + " --help");
        return ExitCode.USAGE.value();
    }

    private static int failed(Streams streams, Exception e, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof UsageException) {
            streams.say(name + ": " + e.getMessage() + ". Try: " + name + " --help");
            return ExitCode.USAGE.value();
        }
        streams.say(name + ": a bug in wscratch " + Version.text() + ", please report it:");
        e.printStackTrace(streams.err());
        return ExitCode.BUG.value();
    }
}
