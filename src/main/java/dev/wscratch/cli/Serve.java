package dev.wscratch.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wscratch serve}: options only; {@link Serving} does the work, so that help loads no server. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Start the echo and learning server.",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch serve                            http://localhost:8080 on loopback only",
            "  wscratch serve --port 0                   any free port; the banner says which",
            "  wscratch serve --host 0.0.0.0             for other machines too",
        },
        optionListHeading = "%nOptions (each also as environment variable WSCRATCH_<NAME>; an option wins):%n",
        footer = {
            "",
            "PORT is respected where neither --port nor WSCRATCH_PORT is given.",
            "Ctrl-C or SIGTERM closes every session with 1001 and ends.",
            "Exit codes: 1 bug  2 usage  3 port cannot be had  130 Ctrl-C  143 SIGTERM",
        })
final class Serve implements Callable<Integer> {
    private final Streams streams;
    private final Environment environment;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default 127.0.0.1)")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "port, 0 for any free one (default 8080)")
    private @Nullable String port;

    @Option(
            names = "--max-message",
            paramLabel = "SIZE",
            description = "longest message, such as 65536, 64KB or 1MiB (default 1MiB); a longer one closes with 1009")
    private @Nullable String maxMessage;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info or debug (default info); debug shows each message's size")
    private @Nullable String logLevel;

    Serve(Streams streams, Environment environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Value level = environment.value("--log-level", logLevel, "info");
        Serving.Settings settings = new Serving.Settings(
                environment.value("--host", host, "127.0.0.1").text(),
                environment.value("--port", port, "8080").number(0, 65_535),
                environment.value("--max-message", maxMessage, "1MiB").size(Serving.LARGEST_MESSAGE),
                level.oneOf("error", "warn", "info", "debug"));
        return Serving.run(settings, streams).value();
    }
}
