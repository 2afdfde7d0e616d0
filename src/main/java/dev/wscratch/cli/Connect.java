package dev.wscratch.cli;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
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
        },
        parameterListHeading = "%n",
        optionListHeading = "%nCommon:%n",
        footer = {
            "",
            "When stdin ends, the connection is closed once no reply has come for one second, unless -n or -w",
            "say when. A binary reply is printed as hex digits behind 0x. On a terminal, control characters of",
            "a reply are escaped; in a pipe replies are passed on as they are.",
            "--json prints these events, each with \"event\" and \"time\" (UTC): open (url, protocol,",
            "extensions), message (type text with data, or type binary with size and base64), close (code,",
            "reason, clean, received), error (step, message, status, body), and with -v, -vv or -F frame",
            "(direction, opcode, fin, rsv1, size, payload: the first 4096 bytes in hex, unmasked).",
            "Exit codes: 0 ok  1 bug  2 usage  3 cannot connect  4 refused (HTTP status)",
            "            5 closed abnormally  6 --expect failed  8 timeout (--connect-timeout, or -w before -n)",
            "            130 Ctrl-C",
        })
final class Connect implements Callable<Integer> {
    private static final Duration LONGEST_PING = Duration.ofHours(1);

    private final Streams streams;

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

    @Option(names = "--ping", paramLabel = "DURATION", description = "send pings; their RTT is told at the end")
    private @Nullable String ping;

    @Option(
            names = "--close",
            paramLabel = "CODE[:REASON]",
            description = "what to close with: 1000 (the default) or 3000 to 4999")
    private @Nullable String close;

    @ArgGroup(validate = false, heading = "%nHandshake:%n")
    private HandshakeOptions handshake = new HandshakeOptions();

    @ArgGroup(validate = false, heading = "%nMessages:%n")
    private MessageOptions messages = new MessageOptions();

    Connect(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Payloads payloads = messages.payloads();
        Dialling dialling = handshake.dialling(url);
        Printer.Settings printing = messages.printing(streams.outIsTerminal());
        Talk.Goal goal = goal();
        if (handshake.isInsecure() && !messages.isQuiet()) {
            streams.say("wscratch connect: warning: --insecure: anybody may have answered, nothing is checked");
        }
        Input input = new Input(send, payloads, streams);
        return new Talk(dialling, goal, input, new Printer(printing, payloads, streams), streams)
                .run()
                .value();
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
        CloseCode code = new CloseCode(new Value("--close", digits).number(1000, 4999));
        if (!code.maySendFromPage()) {
            throw new Value("--close", digits).wrong("1000, or 3000 to 4999");
        }
        try {
            return new CloseReason(code, colon < 0 ? "" : close.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--close: " + e.getMessage());
        }
    }
}
