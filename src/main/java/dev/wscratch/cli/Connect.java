package dev.wscratch.cli;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wscratch connect}: options only; {@link Talk} does the work, so that help loads no client. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Talk to a WebSocket server: each line of stdin is a text message, each reply a line of stdout.",
        customSynopsis = "wscratch connect [OPTIONS] URL",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch connect wss://example.org/chat",
            "  wscratch connect :8080/echo -x '{\"type\":\"hi\"}' -n 1    send one, print one reply, exit",
            "  tail -f app.log | wscratch connect :8080/echo         each line is one message",
            "  wscratch connect :8080/echo -x hi -n 1 --frames       show every byte",
            "  wscratch connect :8080/echo --reconnect=5             come back when the connection breaks",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nCommon:%n",
        footer = {
            "",
            "On a terminal it is a session: /help lists its commands, Ctrl-D closes, Ctrl-C twice ends it.",
            "In a pipe, when stdin ends, the connection is closed once no reply has come for one second, unless",
            "-n or -w say when. A binary reply is printed as hex digits behind 0x. Control characters of a reply",
            "are escaped on a terminal; in a pipe replies are passed on as they are.",
            "--json prints these events, each with \"event\" and \"time\" (UTC): open (url, protocol,",
            "extensions), message (type text with data, or type binary with size and base64), close (code,",
            "reason, clean, received), error (step, message, status, body), with --reconnect away (code, reason,",
            "message, delay in ms), and with -v, -vv or -F handshake (direction, head) and frame (direction,",
            "opcode, fin, rsv1, size, payload: the first 4096 bytes in hex, unmasked).",
            "--reconnect waits at random up to 0.5 s, 1 s, 2 s ... 30 s, and not after 1000, 1008, 1010, 3500 to",
            "3999, 4500 to 4999, or a 4xx status other than 401, 408, 425, 429. What was sent into a connection",
            "that then broke is lost.",
            "Exit codes: 0 ok  1 bug  2 usage  3 cannot connect  4 refused (HTTP status)",
            "            5 closed abnormally  6 --expect failed  8 timeout (--connect-timeout, or -w before -n)",
            "            130 Ctrl-C",
        })
final class Connect implements Callable<Integer> {
    private static final Duration LONGEST_PING = Duration.ofHours(1);
    private static final String FOR_EVER = "for ever";

    private final Streams streams;
    private final Environment environment;

    @Parameters(paramLabel = "URL", description = "ws://, wss://, http(s):// (rewritten), host:port/path or :port/path")
    private String url = "";

    @Option(
            names = {"-x", "--send"},
            paramLabel = "TEXT",
            description =
                    "send TEXT after opening, and no lines of stdin; repeatable; @FILE sends a file, - all of stdin")
    private List<String> send = new ArrayList<>();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "close after N received messages; fewer are an abnormal end")
    private @Nullable String count;

    @Option(
            names = {"-w", "--wait"},
            paramLabel = "DURATION",
            description = "close after DURATION without a message (500ms, 5s, 2m)")
    private @Nullable String wait;

    @Option(names = "--expect", paramLabel = "REGEX", description = "exit 6 if no message matches before the end")
    private @Nullable String expect;

    @Option(
            names = "--ping",
            paramLabel = "DURATION",
            description = "send pings; their RTT is told at the end, and by /stats")
    private @Nullable String ping;

    @Option(
            names = "--reconnect",
            arity = "0..1",
            fallbackValue = FOR_EVER,
            preprocessor = AttachedOnly.class,
            paramLabel = "N",
            description = "come back when the connection breaks, after at most N attempts in a row; see below")
    private @Nullable String reconnect;

    @Option(
            names = "--close",
            paramLabel = "CODE[:REASON]",
            description = "what to close with: 1000 (the default) or 3000 to 4999")
    private @Nullable String close;

    @ArgGroup(validate = false, heading = "%nHandshake:%n")
    private HandshakeOptions handshake = new HandshakeOptions();

    @ArgGroup(validate = false, heading = "%nMessages:%n")
    private MessageOptions messages = new MessageOptions();

    Connect(Streams streams, Environment environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Payloads payloads = messages.payloads();
        Dialling dialling = handshake.dialling(url, reconnects());
        Printer.Settings printing = messages.printing(streams, environment);
        Talk.Goal goal = goal();
        if (!messages.isQuiet()) {
            dialling.trust().warn(streams, "connect");
        }
        Logging.start("text", "warn");
        boolean person = streams.inIsTerminal() && streams.outIsTerminal();
        if (person && send.isEmpty() && !messages.isForPrograms()) {
            return talk(dialling, goal, printing, payloads).value();
        }
        Printer printer = new Printer(printing, payloads, streams, null);
        return new Talk(dialling, goal, new Input(send, payloads, streams), printer, streams)
                .run()
                .value();
    }

    private ExitCode talk(Dialling dialling, Talk.Goal goal, Printer.Settings printing, Payloads payloads)
            throws Exception {
        try (Console console = console(dialling.url())) {
            Transcript transcript = new Transcript();
            Printer printer = new Printer(printing, payloads, console.streams(), transcript);
            return new Session(console, printer, payloads, transcript).run(dialling, goal);
        }
    }

    /** JLine only where there is something to edit lines on: its classes cost time. */
    private Console console(String to) {
        if (!Colours.isDumb(environment)) {
            try {
                return new LineEditor(streams, new Suggestions(List.of(to))::of);
            } catch (IOException | IllegalStateException e) {
                streams.say("wscratch connect: lines cannot be edited here ("
                        + Printable.of(String.valueOf(e.getMessage())) + ")");
            }
        }
        return new PlainConsole(streams);
    }

    private int reconnects() {
        if (reconnect == null) {
            return 0;
        }
        return reconnect.equals(FOR_EVER)
                ? Dialling.FOR_EVER
                : new Value("--reconnect", reconnect).number(1, Dialling.FOR_EVER - 1);
    }

    private Talk.Goal goal() {
        return new Talk.Goal(
                count == null ? Talk.Goal.ANY : new Value("--count", count).number(1, Talk.Goal.ANY - 1),
                wait == null ? null : new Value("--wait", wait).duration(),
                expected(),
                ping == null ? null : new Value("--ping", ping).duration(LONGEST_PING),
                closeReason());
    }

    private @Nullable Pattern expected() {
        try {
            return expect == null ? null : Pattern.compile(expect);
        } catch (PatternSyntaxException e) {
            throw new Value("--expect", expect)
                    .wrong("a regular expression (" + Printable.of(e.getDescription()) + ")");
        }
    }

    private CloseReason closeReason() {
        if (close == null) {
            return CloseReason.of(CloseCode.NORMAL_CLOSURE);
        }
        int colon = close.indexOf(':');
        String digits = colon < 0 ? close : close.substring(0, colon);
        String reason = colon < 0 ? "" : close.substring(colon + 1);
        return CloseOption.of("--close", digits, reason);
    }
}
