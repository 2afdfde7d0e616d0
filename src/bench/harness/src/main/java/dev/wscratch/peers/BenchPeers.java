package dev.wscratch.peers;

import dev.wscratch.bench.Load;
import dev.wscratch.peers.IdleRun.Footprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code scripts/bench-peers}: the same echo on wscratch and its peers. Tables on stdout, progress on stderr. */
@Command(
        name = "scripts/bench-peers",
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Puts the same load on the same echo of wscratch and its peers, one after the other, and compares",
            "messages per CPU second of the server. Server and load generator have a core each; every reply is",
            "verified. Tables go to stdout, each measurement to a CSV file in target/bench.",
            ""
        },
        footer = {
            "",
            "A cell is c, p, s with numbers and t or b: c64p16s16kt is 64 connections with 16 messages in flight on",
            "each, of 16 KiB of text. Exit code 1: a reply was wrong, or a server failed; 2: the command line."
        })
public final class BenchPeers implements Callable<Integer> {
    private static final String CELLS = "c64p1s64b,c64p16s64b,c1000p1s64b,c64p1s16kt,c8p1s1mb";
    private static final String SWEEP = "c1p1s64b,c10p1s64b,c100p1s64b,c1000p1s64b,c10000p1s64b,"
            + "c8p1s1kb,c8p1s16kb,c8p1s256kb,c8p1s1mb,c8p1s4mb,c8p1s16mb";
    private static final String INSPECTOR = "c64p1s64b,c64p16s64b";
    private static final String ALL_PEERS =
            Stream.of(Peer.values()).map(Peer::key).collect(Collectors.joining(","));

    @Option(names = "--servers", split = ",", paramLabel = "NAME", description = "which of %n  ${ALL-PEERS}")
    private List<String> servers = List.of();

    @Option(names = "--cells", split = ",", paramLabel = "CELL", description = "what to send; default %n  ${CELLS}")
    private List<String> cells = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "default ${DEFAULT-VALUE}; the tables show medians")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "that each cell is measured; default ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "<seconds>", description = "before each cell; default as --seconds")
    private double warmUp = -1;

    @Option(names = "--tls", description = "wss, TLS 1.3, AES-128-GCM, P-256, instead of ws")
    private boolean tls;

    @Option(names = "--idle", paramLabel = "<connections>", description = "memory with so many connections, no cells")
    private int idle;

    @Option(names = "--sweep", description = "other cells: 1 to 10,000 connections, 64 B to 16 MiB; wscratch alone")
    private boolean sweep;

    @Option(
            names = "--inspector",
            description = {
                "what the inspector costs those who do not use it: wscratch alone, without it, with it, and with it",
                "while it watches another connection; default cells c64p1s64b,c64p16s64b"
            })
    private boolean inspector;

    @Option(names = "--allocation", description = "bytes allocated per message too (attaches an agent to the servers)")
    private boolean allocation;

    @Option(names = "--server-cpus", paramLabel = "<list>", description = "as taskset has it; default the last core")
    private String serverCpus = "";

    @Option(names = "--generator-cpus", paramLabel = "<list>", description = "default the first core")
    private String generatorCpus = "";

    @Option(names = "--heap", defaultValue = "1g", description = "of the JVMs; default ${DEFAULT-VALUE}")
    private String heap = "1g";

    @Option(names = "--jvm-flags", defaultValue = "-XX:+UseSerialGC", description = "default ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--no-build", description = "run what was built before (an option of the script)")
    private boolean noBuild;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    @SuppressWarnings("UnusedVariable") // picocli sets it and reads it
    private boolean help;

    private final Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();

    /** Whether a reply was wrong or a server failed; the main thread's. */
    private boolean failed;

    private BenchPeers() {}

    /**
     * Runs it.
     *
     * @param args {@code --help} tells
     */
    public static void main(String... args) {
        System.setProperty("ALL-PEERS", ALL_PEERS);
        System.setProperty("CELLS", CELLS);
        System.exit(new CommandLine(new BenchPeers())
                .setParameterExceptionHandler((e, parsed) -> {
                    say(e.getMessage() + ". Try: scripts/bench-peers --help");
                    return 2;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
        if (noBuild) {
            say("not built again: the figures are of the last build");
        }
        List<Load> loads;
        List<Peer> peers;
        try {
            loads = loads();
            peers = peers();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(new CommandLine(this), String.valueOf(e.getMessage()), e);
        }
        List<Integer> allowed = Cpus.allowed();
        String last = serverCpus.isEmpty() ? allowed.get(allowed.size() - 1).toString() : serverCpus;
        String first = generatorCpus.isEmpty() ? allowed.get(0).toString() : generatorCpus;
        if (last.equals(first)) {
            say("server and load generator share core " + first + ": the figures will be worse and less certain");
        }
        Cpus.bindSelf(first);
        int largest = loads.stream().mapToInt(Load::size).max().orElse(0);
        TlsKey key = tls ? TlsKey.in(root.resolve("target/bench/tls")) : null;
        Setup setup = new Setup(root, flags(), last, largest, key);
        System.out.println(conditions(setup, first, allowed.size()));
        if (idle > 0) {
            idle(setup, peers);
        } else {
            LoadRun run =
                    new LoadRun(setup, peers, loads, time(warmUp < 0 ? seconds : warmUp), time(seconds), allocation);
            if (inspector) {
                inspector(new InspectorRun(run));
            } else {
                load(run);
            }
        }
        return failed ? 1 : 0;
    }

    private List<Load> loads() {
        if (idle > 0) {
            return List.of();
        }
        String usual = sweep ? SWEEP : inspector ? INSPECTOR : CELLS;
        List<String> wanted = cells.isEmpty() ? List.of(usual.split(",", -1)) : cells;
        return wanted.stream().map(Load::parse).toList();
    }

    private List<Peer> peers() {
        if (inspector) {
            if (tls || idle > 0 || !servers.isEmpty()) {
                throw new IllegalArgumentException(
                        "--inspector: expected neither --tls, --idle nor --servers beside it");
            }
            return List.of(Peer.WSCRATCH);
        }
        List<String> wanted = servers.isEmpty() ? List.of((sweep ? "wscratch" : ALL_PEERS).split(",", -1)) : servers;
        List<Peer> peers = new ArrayList<>(wanted.stream().map(Peer::of).toList());
        if (peers.contains(Peer.NODE) && !Files.isDirectory(root.resolve("target/bench/node/node_modules"))) {
            say("no Node with npm here: left out");
            peers.remove(Peer.NODE);
        }
        if (tls && peers.remove(Peer.TYRUS)) {
            say("Tyrus's stock container has no TLS: left out");
        }
        return peers;
    }

    private static Duration time(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** A heap that is there from the start for a load; one that grows by need when memory is what is measured. */
    private List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(jvmFlags.split(" ", -1)));
        flags.add("-Xms" + (idle > 0 ? "64m" : heap));
        flags.add("-Xmx" + heap);
        return flags;
    }

    private String conditions(Setup setup, String generatorCpus, int cores) {
        String words = String.format(
                Locale.ROOT,
                "%s, JDK %s, %s, %d core(s); servers on %s with `%s`, load generator on %s; %s.",
                DateTimeFormatter.ISO_LOCAL_DATE.format(LocalDateTime.now(ZoneId.systemDefault())),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                cores,
                setup.cpus(),
                String.join(" ", setup.jvmFlags()),
                generatorCpus,
                tls ? "wss" : "ws");
        return setup.maxMessage() > Setup.DEFAULT_MAX_MESSAGE
                ? words + " wscratch with --max-message " + setup.maxMessage() + "."
                : words;
    }

    private void load(LoadRun run) throws IOException, InterruptedException {
        String when = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(ZoneId.systemDefault()));
        Path file = root.resolve("target/bench/peers-" + when + (tls ? "-tls" : "") + ".csv");
        List<Measurement> measurements = new ArrayList<>();
        try (Csv csv = new Csv(file)) {
            for (int round = 1; round <= rounds; round++) {
                run.round(round, listener(measurements, csv));
            }
        }
        print(new Tables(root, measurements));
        say("each measurement is in " + root.relativize(file));
    }

    private LoadRun.Listener listener(List<Measurement> measurements, Csv csv) {
        return new LoadRun.Listener() {
            @Override
            public void measured(Measurement m) {
                measurements.add(m);
                csv.add(m);
                say(String.format(
                        Locale.ROOT,
                        "round %d  %-14s %-22s %9.1f k/cpu s  p99 %7.2f ms  server %3.0f %%  generator %3.0f %%%s",
                        m.round(),
                        m.peer().key(),
                        m.load(),
                        m.messagesPerCpuSecond() / 1000,
                        m.p99(),
                        100 * m.serverShare(),
                        100 * m.generatorShare(),
                        m.isGeneratorBound() ? "  the load generator was the bottleneck" : ""));
            }

            @Override
            public void failed(Peer peer, @Nullable Load load, IOException failure) {
                failed = true;
                say(peer.key() + ", " + load + ": " + failure.getMessage());
            }
        };
    }

    private void inspector(InspectorRun run) throws InterruptedException {
        try {
            for (int round = 1; round <= rounds; round++) {
                run.round(
                        round,
                        (kind, m) -> say(String.format(
                                Locale.ROOT,
                                "round %d  %-8s %-22s %9.1f k/cpu s",
                                m.round(),
                                kind,
                                m.load(),
                                m.messagesPerCpuSecond() / 1000)));
            }
        } catch (IOException e) {
            failed = true;
            say("wscratch: " + e.getMessage());
            return;
        }
        System.out.println(
                "\nThousands of messages per CPU second of the server × ratio to no inspector (each round):\n");
        System.out.println(run.table());
    }

    private void print(Tables tables) throws IOException {
        System.out.println("\nThousands of messages per CPU second of the server (p99 in milliseconds):\n");
        System.out.println(tables.figures());
        System.out.println(tables.ratios());
        System.out.println(
                "Thousands of messages per second, server's and generator's share of a core, deviation of the"
                        + " rounds from the median; *G* above: the load generator was the bottleneck:\n");
        System.out.println(tables.shares());
        if (allocation) {
            System.out.println(tables.allocations());
        }
    }

    private void idle(Setup setup, List<Peer> peers) throws IOException, InterruptedException {
        List<Footprint> footprints = new ArrayList<>();
        for (Peer peer : peers) {
            say(idle + " connections to " + peer.key());
            try {
                footprints.add(new IdleRun(setup, idle).measure(peer));
            } catch (IOException e) {
                failed = true;
                say(peer.key() + ": " + e.getMessage());
            }
        }
        System.out.println("\nMemory with " + idle + " idle connections:\n");
        System.out.println(Tables.footprints(root, footprints));
    }

    private static void say(String words) {
        System.err.println("bench-peers: " + words);
    }
}
