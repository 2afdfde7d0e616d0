package dev.wscratch.soak;

import dev.wscratch.fault.Attacks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The endurance run: starts the server, primes it, measures it idle, loads it while it is sampled, measures it idle again,
 * and judges.
 */
final class Soak {
    /** Short deadlines, so that each runs out often. */
    private static final List<String> SERVER_OPTIONS = List.of(
            "--handshake-timeout=4s",
            "--frame-timeout=4s",
            "--write-timeout=4s",
            "--close-timeout=2s",
            "--ping-interval=5s");

    /** Two heartbeats, the one under way, and some. */
    private static final Duration ABANDONED_GONE_AFTER = Duration.ofSeconds(20);

    private static final Duration CALM_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final SoakSettings settings;
    private final PrintStream out;
    private final Tally tally = new Tally();

    Soak(SoakSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] words) throws Exception {
        List<String> all = List.of(words);
        if (all.contains("--help") || all.contains("-h")) {
            System.out.print(SoakSettings.HELP);
            System.exit(0);
        }
        int code;
        try {
            code = new Soak(SoakSettings.of(all), System.out).run() ? 0 : 1;
        } catch (SoakSettings.UsageException e) {
            System.err.println("soak: " + e.getMessage());
            System.err.print(SoakSettings.HELP);
            code = 2;
        } catch (IOException e) {
            System.err.println("soak: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(settings.server());
        if (command.isEmpty()) {
            command.addAll(List.of("scripts/wscratch", "serve", "--port=0", "--tls-port=0", "--tls-self-signed"));
            command.addAll(SERVER_OPTIONS);
        }
        return command;
    }

    /** {@return whether the server was steady and every reply right} */
    boolean run() throws IOException, InterruptedException {
        Files.createDirectories(settings.folder());
        Path log = settings.folder().resolve("server.log");
        try (ServerProcess server = ServerProcess.start(command(), settings.javaOptions(), log)) {
            Sampler sampler = new Sampler(server, tally);
            say("server " + server.pid() + " at ports " + server.plain().port() + " and "
                    + server.secure().port() + ", heap " + settings.heapMib() + " MiB; its log is " + log);
            Map<String, Probe> probes = new LinkedHashMap<>();
            for (Door door : List.of(server.plain(), server.secure())) {
                probes.put(door.name(), new Probe(door, tally, sampler::isCollecting));
            }
            Judge judge = measure(server, sampler, probes);
            List<String> complaints = new ArrayList<>(judge.complaints());
            complaints.addAll(wrongs(server));
            Report report = new Report(judge, tally.counts(), probes, complaints);
            Files.writeString(settings.folder().resolve("samples.csv"), report.csv());
            Files.writeString(settings.folder().resolve("report.json"), report.json());
            out.print(report.text());
            return complaints.isEmpty();
        }
    }

    private Judge measure(ServerProcess server, Sampler sampler, Map<String, Probe> probes)
            throws IOException, InterruptedException {
        List<Activity> activities = activities(server, probes);
        say("priming for " + settings.priming().toSeconds() + " s");
        Load priming = Load.start(activities, tally, settings.rate());
        try {
            pass(settings.priming(), server);
        } finally {
            priming.stop();
        }
        awaitNoConnections(server);
        Sample before = sampler.sample(0);
        probes.values().forEach(Probe::forget);
        say("load for " + settings.measured().toSeconds() + " s, a sample each "
                + settings.interval().toMillis() / 1e3 + " s");
        List<Sample> during = new ArrayList<>();
        Load load = Load.start(activities, tally, settings.rate());
        try {
            long start = System.nanoTime();
            for (long next = 1; isBefore(start, settings.measured()) && server.isAlive(); next++) {
                pass(settings.interval().multipliedBy(next).minusNanos(System.nanoTime() - start), server);
                during.add(load.sample(sampler, (System.nanoTime() - start) / 1e9));
            }
        } finally {
            load.stop();
        }
        return new Judge(before, during, calmAgain(server, sampler, before));
    }

    private List<Activity> activities(ServerProcess server, Map<String, Probe> probes) {
        Attacks.Victim victim = new Attacks.Victim(
                server.plain().port(), server.secure().port(), server.secure().trust());
        List<Door> doors = List.of(server.plain(), server.secure());
        List<Activity> activities = new ArrayList<>(probes.values());
        for (Door door : doors) {
            activities.add(new Lane(door.name() + " plain", () -> Echoing.plain(door), tally));
            activities.add(new Lane(door.name() + " compressed", () -> Echoing.compressed(door), tally));
        }
        activities.add(new Churn(doors, tally, ABANDONED_GONE_AFTER));
        activities.add(new Rotation("attack", Attacks.quick(), victim, tally, 50, true));
        activities.add(new Rotation("slow attack", Attacks.slow(), victim, tally, 100, false));
        return activities;
    }

    private static boolean isBefore(long start, Duration end) {
        return System.nanoTime() - start < end.toNanos();
    }

    /** Lets time pass, unless the server ends. */
    private static void pass(Duration time, ServerProcess server) throws IOException, InterruptedException {
        if (server.endsWithin(time)) {
            throw new IOException("the server ended by itself; see its log");
        }
    }

    /** Waits until the server has noticed that all connections are closed, or should have. */
    private static void awaitNoConnections(ServerProcess server) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (Readings.metric(server.metrics(), "wscratch_tcp_connections") > 1 && isBefore(start, CALM_WITHIN)) {
            pass(LOOK_EVERY, server);
        }
    }

    /** A sample with all connections closed; the server may take a while to let go of what they held. */
    private static Sample calmAgain(ServerProcess server, Sampler sampler, Sample before)
            throws IOException, InterruptedException {
        awaitNoConnections(server);
        long start = System.nanoTime();
        Sample after = sampler.sample(0);
        while (!Judge.isBack(after, before) && isBefore(start, CALM_WITHIN)) {
            pass(LOOK_EVERY, server);
            after = sampler.sample(0);
        }
        return after;
    }

    private List<String> wrongs(ServerProcess server) throws IOException {
        List<String> wrongs = new ArrayList<>();
        if (tally.failed() > 0) {
            wrongs.add(tally.failed() + " steps went wrong, the first of them:");
            wrongs.addAll(tally.failures());
        }
        server.errors().forEach(line -> wrongs.add("the server logged an error: " + line));
        return wrongs;
    }

    private void say(String what) {
        out.println("soak: " + what);
    }
}
