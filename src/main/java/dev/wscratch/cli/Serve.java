package dev.wscratch.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * {@code wscratch serve}: its options are the rows of {@link ServeOption}; {@link Serving} does the work, so that help
 * loads no server.
 */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Start the echo and learning server.",
        customSynopsis = "wscratch serve [OPTIONS]",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch serve                            http://localhost:8080 on loopback only",
            "  wscratch serve --port 0                   any free port; the banner says which",
            "  wscratch serve --host 0.0.0.0             for other machines too",
            "  wscratch serve --tls-self-signed          https://localhost:8443 too",
            "  wscratch serve --config my.conf           lines such as: max-message = 4MiB",
            "",
            "Each setting is an option, an environment variable WSCRATCH_<NAME>, or a line in the --config",
            "file; the first that has it counts. Where none has, PORT is respected for the port.",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Ctrl-C or SIGTERM closes every session with 1001 and ends.",
            "Exit codes: 1 bug  2 usage  3 no port, or no usable certificate  130 Ctrl-C  143 SIGTERM",
        })
final class Serve implements Callable<Integer> {
    private final Streams streams;
    private final Environment environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "file of settings, also as WSCRATCH_CONFIG")
    private @Nullable String config;

    @Option(
            names = "--print-config",
            description = "print each setting and where it comes from, as such a file; start nothing")
    private boolean printConfig;

    private Serve(Streams streams, Environment environment) {
        this.streams = streams;
        this.environment = environment;
    }

    /** The command with an option for each row. */
    static CommandLine command(Streams streams, Environment environment) {
        CommandLine line = new CommandLine(new Serve(streams, environment));
        int place = 0;
        for (ServeOption.Group group : ServeOption.Group.values()) {
            ArgGroupSpec.Builder section = ArgGroupSpec.builder()
                    .heading("%n" + group.heading() + ":%n")
                    .order(place++)
                    .validate(false);
            for (ServeOption option : ServeOption.values()) {
                if (option.group() == group) {
                    section.addArg(spec(option, place++));
                }
            }
            line.getCommandSpec().addArgGroup(section.build());
        }
        return line;
    }

    /** No default and no type here: defaults are one source of four, and {@link Value} reads what each has. */
    private static OptionSpec spec(ServeOption option, int place) {
        OptionSpec.Builder spec = OptionSpec.builder(option.flag())
                .order(place)
                .description(option.description().replace("%", "%%"));
        return option.isSwitch()
                ? spec.type(Boolean.class)
                        .arity("0")
                        .negatable(true)
                        .fallbackValue("true")
                        .build()
                : spec.type(String.class).arity("1").paramLabel(option.label()).build();
    }

    @Override
    public Integer call() throws Exception {
        Sources sources = new Sources(flags(), environment, file());
        ServeSettings settings = ServeSettings.of(sources);
        if (printConfig) {
            print(sources);
            return ExitCode.OK.value();
        }
        return Serving.run(settings, environment, streams).value();
    }

    private ConfigFile file() {
        return config == null
                ? environment.first("WSCRATCH_CONFIG").map(ConfigFile::read).orElse(ConfigFile.NONE)
                : ConfigFile.read(new Value("--config", config));
    }

    private Map<ServeOption, String> flags() {
        ParseResult given = java.util.Objects.requireNonNull(spec, "picocli sets it")
                .commandLine()
                .getParseResult();
        Map<ServeOption, String> flags = new EnumMap<>(ServeOption.class);
        for (ServeOption option : ServeOption.values()) {
            Object value = given.matchedOptionValue(option.flag(), null);
            if (value != null) {
                flags.put(option, value.toString());
            }
        }
        return flags;
    }

    private void print(Sources sources) {
        for (ServeOption option : ServeOption.values()) {
            Sources.Found found = sources.find(option);
            String text = found.value().text();
            boolean hidden = option.isSecret() && !text.isEmpty();
            // A comment, so that nobody reads the file back with this as the password.
            String setting = hidden ? "# " + option.key() + " = (set)" : option.key() + " = " + text;
            streams.out().printf("%-40s  # %s%n", setting, found.origin());
        }
    }
}
