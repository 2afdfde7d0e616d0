package dev.wscratch.cli;

import dev.wscratch.bench.Load;
import dev.wscratch.wire.Opcode;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wscratch bench}: options only; {@link BenchRun} does the work, so that help loads no generator. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Measure a server that echoes: send messages at a rate, verify every reply, report the latencies.",
        customSynopsis = "wscratch bench [OPTIONS] URL",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch bench :8080/echo -c 100 --rate 5000 -d 30s --assert 'p99<20ms'",
            "  wscratch bench :8080/echo --closed -c 64 -p 16      as fast as it goes",
            "  wscratch bench :8080/echo --idle 10000 --pid 4711   what so many idle connections cost",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Latency counts from the moment a message was due, also when the server stalls; with --closed",
            "from its sending. Masking keys repeat, which no server can tell. A rate holds within 0.1 %%.",
            "Ctrl-C ends the sending and reports what came; twice: at once.",
            "Exit codes: 0 ok  1 bug  2 usage  3 cannot connect  4 refused  5 a reply was wrong or lost, or a",
            "            connection ended  7 assertion failed  130 Ctrl-C",
        })
final class Bench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Streams streams;

    @Parameters(paramLabel = "URL", description = "ws://, wss://, http(s):// (rewritten), host:port/path or :port/path")
    private String url = "";

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "connections at a time (default 10)")
    private String connections = "10";

    @Option(names = "--rate", paramLabel = "R", description = "messages per second, of all connections (default 1000)")
    private @Nullable String rate;

    @Option(names = "--closed", description = "no rate: send the next message when a reply has come")
    private boolean closed;

    @Option(
            names = {"-p", "--in-flight"},
            paramLabel = "N",
            description = "with --closed: messages in flight per connection (default 1)")
    private @Nullable String inFlight;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "SIZE",
            description = "payload of each message (default 64)")
    private String size = "64";

    @Option(
            names = "--idle",
            paramLabel = "N",
            description = "only hold N connections open for the duration, then send one message on each")
    private @Nullable String idle;

    @Option(
            names = {"-b", "--binary"},
            description = "binary messages instead of text")
    private boolean binary;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "DURATION",
            description = "how long it counts (default 10s)")
    private String duration = "10s";

    @Option(names = "--warm-up", paramLabel = "DURATION", description = "before that, not counted (default 1s)")
    private String warmUp = "1s";

    @Option(
            names = "--ramp",
            paramLabel = "DURATION",
            description = "open the connections evenly over this time (default 0s: as fast as it goes)")
    private String ramp = "0s";

    @Option(names = "--threads", paramLabel = "N", description = "threads that send (default 1)")
    private String threads = "1";

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            description = "replies are lost when none comes for so long (default 10s)")
    private String patience = "10s";

    @Option(
            names = "--assert",
            paramLabel = "BOUND",
            description = "p99<20ms, max<=1s, rate>=5000; repeatable; exit code 7 if one does not hold")
    private List<String> assertions = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "what goes to stdout: text (default), json, or csv (a row for each second)")
    private String output = "text";

    @Option(names = "--hdr", paramLabel = "FILE", description = "write the latencies as HdrHistogram's percentiles")
    private @Nullable String hdr;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "the server's process on this machine: report its CPU and memory too")
    private @Nullable String pid;

    @Mixin
    private final HandshakeAdditions additions = new HandshakeAdditions();

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    Bench(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        if (closed && rate != null) {
            throw new UsageException("expected --rate or --closed, got both");
        }
        if (!closed && inFlight != null) {
            throw new UsageException("expected --in-flight with --closed only: at a rate, the server decides");
        }
        if (idle != null && (closed || rate != null || hdr != null || !assertions.isEmpty())) {
            throw new UsageException("expected --idle without --rate, --closed, --hdr and --assert: it sends no load");
        }
        Load load = new Load(
                idle == null
                        ? new Value("--connections", connections).number(1, 1_000_000)
                        : new Value("--idle", idle).number(1, 1_000_000),
                inFlight == null ? 1 : new Value("--in-flight", inFlight).number(1, 100_000),
                new Value("--size", size).size(1, 64 << 20),
                binary ? Opcode.BINARY : Opcode.TEXT);
        int perSecond = rate == null ? 1000 : new Value("--rate", rate).perSecond(1, 10_000_000);
        Duration before = new Value("--warm-up", warmUp).duration();
        Duration counted = new Value("--duration", duration).duration(LONGEST);
        Duration silence = new Value("--patience", patience).duration(LONGEST);
        List<BenchAssertion> bounds = assertions.stream()
                .map(text -> BenchAssertion.parse(new Value("--assert", text)))
                .toList();
        URI uri = uri();
        BenchSettings settings = new BenchSettings(
                uri.toString(),
                address(uri),
                resource(uri),
                tls(uri),
                additions.fields(),
                additions.subprotocols(),
                load,
                closed ? 0 : perSecond,
                idle != null,
                new Value("--threads", threads).number(1, Math.min(64, load.connections())),
                new Value("--ramp", ramp).duration(),
                before,
                counted,
                silence,
                pid == null ? 0 : process(new Value("--pid", pid)),
                idle == null
                        ? new Value("--output", output).oneOf("text", "json", "csv")
                        : new Value("--output", output).oneOf("text", "json"),
                hdr == null ? null : new Value("--hdr", hdr).path(),
                bounds);
        return new BenchRun(settings, streams).run().value();
    }

    private static long process(Value given) {
        long process = given.number(1, Integer.MAX_VALUE);
        if (ProcessHandle.of(process).isEmpty()) {
            throw given.wrong("a process of this machine");
        }
        return process;
    }

    private URI uri() {
        Value given = new Value("URL", Target.url(url));
        try {
            // As it is requested: what is not ASCII in percent-encoded UTF-8.
            URI uri = new URI(new URI(given.text().replaceFirst("(?i)^http", "ws")).toASCIIString());
            if (String.valueOf(uri.getRawAuthority()).contains("@")) {
                throw new UsageException("URL: expected no user and password, which a report would show, got some");
            }
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && List.of("ws", "wss").contains(scheme)
                    && uri.getPort() <= 65_535
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, in words for people.
        }
        if (given.text().contains("@")) {
            // Not quoted: before the @ may be a password.
            throw new UsageException("URL: expected a URL such as ws://localhost:8080/echo, got another with an @");
        }
        throw given.wrong("a URL such as ws://localhost:8080/echo");
    }

    private static boolean isSecure(URI uri) {
        return uri.getScheme().equalsIgnoreCase("wss");
    }

    private static InetSocketAddress address(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
        if (!(address.getAddress() instanceof Inet6Address six)
                || !uri.getHost().startsWith("[")) {
            return address;
        }
        // With the name as typed, which is what Host says: a server that knows [::1] need not know it in full.
        String typed = uri.getHost().substring(1, uri.getHost().length() - 1);
        try {
            return new InetSocketAddress(Inet6Address.getByAddress(typed, six.getAddress(), six.getScopeId()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Expected 16 bytes in an IPv6 address", e);
        }
    }

    private static String resource(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String resource = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        // URI lets them through in a query, RFC 3986 section 3.4 does not.
        return resource.replace("[", "%5B").replace("]", "%5D");
    }

    private @Nullable SSLContext tls(URI uri) throws GeneralSecurityException {
        SSLContext trusted = trust.context(streams, "bench");
        if (!isSecure(uri)) {
            return null;
        }
        return trusted == null ? SSLContext.getDefault() : trusted;
    }
}
