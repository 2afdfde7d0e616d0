package dev.wscratch.cli;

import dev.wscratch.check.CannotConnectException;
import dev.wscratch.check.Checker;
import dev.wscratch.check.ClientChecker;
import dev.wscratch.check.Report;
import dev.wscratch.check.Selection;
import dev.wscratch.check.Server;
import dev.wscratch.check.Stage;
import dev.wscratch.check.Summary;
import dev.wscratch.check.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wscratch check}: does a server keep to RFC 6455 and 7692? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Check whether an echo server keeps to the RFCs, from the handshake to compression.",
        customSynopsis = {"wscratch check [OPTIONS] URL", "       wscratch check --client PORT [OPTIONS]"},
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch check :9000                        every stage, in order",
            "  wscratch check --stage text,utf8 :9000      two stages",
            "  wscratch check --case 3.12 :9000            one case, with all that is known of it",
            "  wscratch check --learn :9000                you build a server: one failure at a time, with a hint",
            "  wscratch check --client 9001                judge an echo client that connects to port 9001",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Stages: handshake text lengths masking fragments control utf8 close limits compression",
            "A strict fail is where the server is safe to talk to but not as the RFC says it should be.",
            "Exit codes: 0 no case failed  1 bug  2 usage  3 cannot connect  130 Ctrl-C",
            "            6 a case failed, or could not be played (a declined compression is no harm)",
        })
final class Check implements Callable<Integer> {
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    /** How long a client may take to connect. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Streams streams;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "ws://, wss://, http(s):// (rewritten), host:port/path or :port/path")
    private @Nullable String url;

    @Option(names = "--stage", paramLabel = "S", description = "only these stages, by name or number, with commas")
    private @Nullable String stages;

    @Option(names = "--case", paramLabel = "ID", description = "only these cases, by id or name, with commas")
    private @Nullable String cases;

    @Option(
            names = "--client",
            paramLabel = "PORT",
            description = "judge an echo client instead: it connects to this port, once for each case (0 = any)")
    private @Nullable String client;

    @Option(names = "--learn", description = "for who builds a server: stop at the first failure, and say what to do")
    private boolean learn;

    @Option(names = "--list", description = "print the cases instead of playing them")
    private boolean list;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "how long to wait for what should come (default 2s); a case is over after ten times that")
    private String timeout = "2s";

    @Option(names = "--strict", description = "exit code 6 for strict fails as well")
    private boolean strict;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "what goes to stdout: text (default) or json")
    private String output = "text";

    @Option(names = "--junit", paramLabel = "FILE", description = "write a report as JUnit XML")
    private @Nullable String junit;

    @Option(names = "--html", paramLabel = "FILE", description = "write a report as one HTML page")
    private @Nullable String html;

    @Mixin
    private final HandshakeAdditions additions = new HandshakeAdditions();

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    Check(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        String format = new Value("--output", output).oneOf("text", "json");
        Selection selection = selection(client != null);
        if (list) {
            selection.lines().forEach(streams.out()::println);
            return ExitCode.OK.value();
        }
        Duration wait = new Value("--timeout", timeout).duration(LONGEST_TIMEOUT);
        String port = client;
        if (port != null) {
            return judgeClient(selection, new Value("--client", port).number(0, 65_535), wait, format);
        }
        String typed = url;
        if (typed == null) {
            throw new UsageException("expected a URL, such as :9000");
        }
        Server server = server(typed).with(additions.fields(), additions.subprotocols());
        SSLContext trusted = trust.context(streams, "check");
        CheckProgress progress = new CheckProgress(streams, selection.size());
        Report report;
        try {
            report = new Checker(server, trusted, wait)
                    .run(selection, progress::heard, outcome -> learn && outcome.verdict() == Verdict.FAIL);
        } catch (CannotConnectException e) {
            progress.end();
            streams.say(
                    "wscratch check: cannot connect to " + server + ": " + Printable.of(String.valueOf(e.getMessage()))
                            + ". Try: start the server first, then wscratch check URL");
            return ExitCode.CANNOT_CONNECT.value();
        }
        progress.end();
        if (learn && format.equals("text")) {
            Summary.lesson(report, selection.size()).forEach(streams.out()::println);
        } else {
            print(report, format);
        }
        CheckFiles.write(report, junit, html);
        return exitCode(report).value();
    }

    private int judgeClient(Selection selection, int port, Duration wait, String format)
            throws InterruptedException, IOException {
        if (url != null || learn || additions.areThere()) {
            throw new UsageException(
                    "expected --client without a URL, --learn, --header and --subprotocol: the client says what it wants");
        }
        CheckProgress progress = new CheckProgress(streams, selection.size());
        ClientChecker listening;
        try {
            listening = new ClientChecker(port, wait, PATIENCE);
        } catch (IOException e) {
            streams.say("wscratch check: cannot listen on port " + port + ": "
                    + Printable.of(String.valueOf(e.getMessage())) + ". Try: wscratch check --client 0");
            return ExitCode.CANNOT_CONNECT.value();
        }
        Report report;
        try (ClientChecker checker = listening) {
            streams.say("connect an echo client to " + checker.url() + ", " + selection.size()
                    + " times; it is done when nobody listens any more");
            report = checker.run(selection, progress::heard);
        }
        progress.end();
        print(report, format);
        CheckFiles.write(report, junit, html);
        return exitCode(report).value();
    }

    private ExitCode exitCode(Report report) {
        boolean failed = report.isIncomplete()
                || report.count(Verdict.FAIL) > 0
                || (strict && report.count(Verdict.STRICT_FAIL) > 0);
        return failed ? ExitCode.NOT_AS_EXPECTED : ExitCode.OK;
    }

    private void print(Report report, String format) {
        if (format.equals("json")) {
            streams.out().println(CheckFiles.json(report));
        } else {
            Summary.lines(report).forEach(streams.out()::println);
        }
    }

    private static Server server(String typed) {
        try {
            return Server.parse(Target.url(typed));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage())); // Without the URL: it may hold a password.
        }
    }

    private Selection selection(boolean ofClient) {
        Set<Stage> chosen = EnumSet.noneOf(Stage.class);
        for (String name : words(stages)) {
            chosen.add(Stage.of(name)
                    .orElseThrow(() -> new Value("--stage", name).wrong("the name or number of a stage, see --help")));
        }
        try {
            Set<String> wanted = words(cases);
            return ofClient ? Selection.ofClient(chosen, wanted) : Selection.of(chosen, wanted);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--case: " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private static Set<String> words(@Nullable String list) {
        return list == null ? Set.of() : new LinkedHashSet<>(new Value("--case", list).list(entries -> {}));
    }
}
