package dev.wscratch.cli;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
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
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch connect wss://example.org/chat",
            "  wscratch connect :8080/echo -x hello -n 1           send one, print one reply, exit",
            "  tail -f app.log | wscratch connect :8080/echo       each line is one message",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "When stdin ends, the connection is closed with 1000 once no reply has come for one second,",
            "unless -n or -w say when. A binary reply is printed as hex digits behind 0x. On a terminal,",
            "control characters of a reply are escaped; in a pipe replies are passed on as they are.",
            "Exit codes: 0 ok  1 bug  2 usage  3 cannot connect  4 refused (HTTP status)",
            "            5 closed abnormally  130 Ctrl-C",
        })
final class Connect implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "URL", description = "ws://, wss://, http(s):// (rewritten), host:port/path or :port/path")
    private String url = "";

    @Option(
            names = {"-x", "--send"},
            paramLabel = "TEXT",
            description = "send TEXT after opening, and read no stdin; repeatable")
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

    @Option(
            names = {"-s", "--subprotocol"},
            paramLabel = "NAME",
            description = "repeatable, in order of preference")
    private List<String> subprotocols = new ArrayList<>();

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "PEM: trust these certificates, and whom they signed, instead of Java's")
    private @Nullable String cacert;

    @Option(
            names = {"-k", "--insecure"},
            description = "check neither the server's certificate nor its name")
    private boolean insecure;

    @Option(
            names = {"-q", "--quiet"},
            description = "say nothing on stderr but errors")
    private boolean quiet;

    Connect(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        int messages = count == null ? Integer.MAX_VALUE : new Value("--count", count).number(1, Integer.MAX_VALUE - 1);
        Duration silence = wait == null ? null : new Value("--wait", wait).duration();
        Talk.Settings settings =
                new Talk.Settings(Target.url(url), tls(), send, messages, silence, subprotocols, quiet);
        return new Talk(settings, streams).run().value();
    }

    private @Nullable SSLContext tls() throws GeneralSecurityException {
        if (cacert != null && insecure) {
            throw new UsageException("expected --cacert or --insecure, got both");
        }
        if (insecure && !quiet) {
            streams.say("wscratch connect: warning: --insecure: anybody may have answered, nothing is checked");
        }
        if (insecure) {
            return Trust.everybody();
        }
        return cacert == null ? null : Trust.file(new Value("--cacert", cacert));
    }
}
