package dev.wscratch.cli;

import dev.wscratch.bench.Crew;
import dev.wscratch.bench.Errors;
import dev.wscratch.bench.Measured;
import dev.wscratch.bench.OverloadException;
import dev.wscratch.bench.RefusedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of {@code bench}, from the first connection to the exit code. */
final class BenchRun {
    private final BenchSettings settings;
    private final Streams streams;

    BenchRun(BenchSettings settings, Streams streams) {
        this.settings = settings;
        this.streams = streams;
    }

    ExitCode run() throws InterruptedException {
        if (settings.address().isUnresolved()) {
            return failed(
                    ExitCode.CANNOT_CONNECT,
                    "cannot connect",
                    "expected a host that exists, got " + settings.address().getHostString());
        }
        dev.wscratch.bench.Target target = new dev.wscratch.bench.Target(
                settings.address(),
                settings.resource(),
                settings.tls(),
                settings.headers(),
                settings.subprotocols(),
                null);
        Crew.Plan plan = new Crew.Plan(
                target,
                settings.load(),
                settings.rate(),
                settings.threads(),
                settings.ramp(),
                settings.warmUp(),
                settings.duration(),
                settings.patience());
        try (Crew crew = Crew.of(plan);
                BenchClocks clocks = new BenchClocks(settings.serverPid());
                Interrupts interrupts = Interrupts.answering(() -> stop(crew), crew::stopNow)) {
            BenchProgress progress = new BenchProgress(
                    streams, clocks, settings.load().connections(), settings.duration(), crew.errors());
            ExitCode unopened = open(crew, progress, interrupts);
            if (unopened != null) {
                return unopened;
            }
            try {
                return settings.idle()
                        ? idle(crew, clocks, progress, interrupts)
                        : load(crew, clocks, progress, interrupts);
            } finally {
                progress.clear();
            }
        } catch (IOException e) {
            return failed(ExitCode.CLOSED_ABNORMALLY, "a reply was wrong or lost", e);
        }
    }

    /** {@return null when connections are open} */
    private @org.jspecify.annotations.Nullable ExitCode open(Crew crew, BenchProgress progress, Interrupts interrupts)
            throws InterruptedException {
        try {
            crew.open(progress);
            return null;
        } catch (RefusedException e) {
            progress.clear();
            return unopened(interrupts, ExitCode.REFUSED, "refused", e);
        } catch (IOException e) {
            progress.clear();
            return unopened(interrupts, ExitCode.CANNOT_CONNECT, "cannot connect to " + settings.url(), e);
        }
    }

    private ExitCode unopened(Interrupts interrupts, ExitCode code, String what, IOException e) {
        return interrupts.isInterrupted()
                ? failed(ExitCode.INTERRUPTED, "interrupted", "no connection was open before")
                : failed(code, what, e);
    }

    /** At the first Ctrl-C. */
    private void stop(Crew crew) {
        crew.stop();
        new StatusLine(streams).clear();
        streams.say("wscratch bench: sends no more, waits for replies; Ctrl-C again ends it at once");
    }

    private ExitCode load(Crew crew, BenchClocks clocks, BenchProgress progress, Interrupts interrupts)
            throws IOException, InterruptedException {
        Measured measured;
        try {
            measured = crew.run(progress);
        } catch (OverloadException e) {
            progress.clear();
            return failed(ExitCode.CLOSED_ABNORMALLY, "the server does not keep up", e);
        }
        BenchClocks.Readings readings = clocks.readings();
        Map<Integer, Long> closes = crew.goodbye();
        progress.clear();
        return report(new BenchResult(settings, measured, readings, closes, interrupts.isInterrupted()));
    }

    private ExitCode report(BenchResult result) {
        if (result.report().messages() == 0) {
            return nothing(result);
        }
        switch (settings.format()) {
            case "json" -> streams.out().println(BenchData.json(result));
            case "csv" -> streams.out().print(BenchData.csv(result));
            default -> streams.out().print(new BenchReport(result).text());
        }
        streams.out().flush();
        writeDistribution(result);
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        if (result.hasErrors()) {
            return ExitCode.CLOSED_ABNORMALLY;
        }
        boolean all = settings.assertions().stream().allMatch(assertion -> assertion.holds(result));
        return all ? ExitCode.OK : ExitCode.ASSERTION_FAILED;
    }

    private ExitCode nothing(BenchResult result) {
        if (result.interrupted()) {
            return failed(ExitCode.INTERRUPTED, "interrupted", "no message came back before");
        }
        for (Errors.Entry entry : result.measured().errors().entries()) {
            return failed(ExitCode.CLOSED_ABNORMALLY, "a reply was wrong or lost", entry.message());
        }
        return failed(
                ExitCode.CLOSED_ABNORMALLY,
                "nothing measured",
                "no message came back in the measured time; try a longer --duration or a higher --rate");
    }

    /** The latencies in milliseconds, as HdrHistogram's plotter reads them. */
    private void writeDistribution(BenchResult result) {
        if (settings.hdr() == null) {
            return;
        }
        try (PrintStream file =
                new PrintStream(new FileOutputStream(settings.hdr().toFile()), false, StandardCharsets.UTF_8)) {
            result.report().micros().outputPercentileDistribution(file, 1_000.0);
        } catch (IOException e) {
            throw new Value("--hdr", settings.hdr().toString())
                    .wrong("a file that can be written (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    private ExitCode idle(Crew crew, BenchClocks clocks, BenchProgress progress, Interrupts interrupts)
            throws IOException, InterruptedException {
        clocks.start();
        int opened = crew.connections();
        long begun = System.nanoTime();
        long alive = crew.idle(settings.duration(), progress);
        double seconds = (System.nanoTime() - begun) / 1e9;
        clocks.end();
        BenchClocks.Readings readings = clocks.readings();
        Map<Integer, Long> closes = crew.goodbye();
        progress.clear();
        BenchIdle idle = new BenchIdle(
                settings,
                opened,
                alive,
                seconds,
                crew.connectMicros(),
                crew.errors(),
                readings,
                closes,
                interrupts.isInterrupted());
        streams.out().print(settings.format().equals("json") ? idle.json() + "\n" : idle.text());
        streams.out().flush();
        if (interrupts.isInterrupted()) {
            return ExitCode.INTERRUPTED;
        }
        boolean all = alive == settings.load().connections();
        return all ? ExitCode.OK : ExitCode.CLOSED_ABNORMALLY;
    }

    private ExitCode failed(ExitCode code, String what, Exception e) {
        return failed(code, what, String.valueOf(e.getMessage()));
    }

    private ExitCode failed(ExitCode code, String what, String why) {
        streams.say("wscratch bench: " + what + ": " + Printable.of(why));
        return code;
    }
}
