package dev.wscratch.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wscratch help}: what {@code --help} says, and the lessons. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Say how to use a command, or teach WebSockets.",
        customSynopsis = "wscratch help [COMMAND | lessons [N]]",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch help connect         as wscratch connect --help",
            "  wscratch help lessons         list the lessons",
            "  wscratch help lessons 5       print lesson 5",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Help implements Callable<Integer> {
    private static final String LESSONS = "lessons";

    /** Where {@code serve} has it unless told otherwise. */
    private static final String PAGE = "http://localhost:8080";

    private final Streams streams;
    private final Environment environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "a command, or lessons")
    private @Nullable String topic;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "N",
            description = "the lesson to print; else they are listed")
    private @Nullable String number;

    /** Set by picocli before the call. */
    @Spec
    private @Nullable CommandSpec spec;

    Help(Streams streams, Environment environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandSpec ours = spec;
        if (ours == null) {
            throw new IllegalStateException("picocli sets the spec before the call");
        }
        if (LESSONS.equals(topic)) {
            lessons().forEach(streams.out()::println);
        } else {
            command(ours.root().commandLine()).usage(streams.out());
        }
        streams.out().flush();
        return ExitCode.OK.value();
    }

    private List<String> lessons() {
        Colours colours = Colours.of(new Value("TERM", "auto"), streams.outIsTerminal(), environment);
        LessonText text = new LessonText(colours, LessonText.WIDTH);
        return number == null
                ? text.list("wscratch help lessons", PAGE, LessonText.ONCE_SERVED)
                : text.lesson(Lessons.of(new Value("N", number)), PAGE, LessonText.ONCE_SERVED);
    }

    private CommandLine command(CommandLine root) {
        if (number != null) {
            throw new UsageException("expected one COMMAND, got \"" + Printable.of(number) + "\" behind it");
        }
        if (topic == null) {
            return root;
        }
        CommandLine command = root.getSubcommands().get(topic);
        if (command == null) {
            throw new Value("COMMAND", topic)
                    .wrong("lessons, or one of "
                            + String.join(", ", root.getSubcommands().keySet()));
        }
        return command;
    }
}
