package dev.wscratch.cli;

import dev.wscratch.bench.Load;
import dev.wscratch.bench.LoadGenerator;
import dev.wscratch.bench.OverloadException;
import dev.wscratch.bench.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One run of {@code bench}, from the first connection to the exit code. */
final class BenchRun {
    /**
     * What {@code bench} was asked for, checked.
     *
     * @param url to be shown
     * @param address of the server, perhaps unresolved
     * @param resource path and query
     * @param tls whom {@code wss} trusts; null for {@code ws}
     * @param load what to send
     * @param rate messages per second; 0 for a closed loop
     * @param warmUp before it counts
     * @param duration how long it counts
     * @param patience how long replies may stay away
     * @param assertions what must come true
     */
    record Settings(
            String url,
            InetSocketAddress address,
            String resource,
            @Nullable SSLContext tls,
            Load load,
            int rate,
            Duration warmUp,
            Duration duration,
            Duration patience,
            List<BenchAssertion> assertions) {}

    private final Settings settings;
    private final Streams streams;

    /** CPU time of this process while it measures, in nanoseconds; between start and end minus the first reading. */
    private long cpu;

    BenchRun(Settings settings, Streams streams) {
        this.settings = settings;
        this.streams = streams;
    }

    ExitCode run() {
        if (settings.address().isUnresolved()) {
            return failed(
                    ExitCode.CANNOT_CONNECT,
                    "cannot connect",
                    "expected a host that exists, got " + settings.address().getHostString());
        }
        LoadGenerator generator;
        try {
            generator = LoadGenerator.open(
                    new dev.wscratch.bench.Target(settings.address(), settings.resource(), settings.tls(), null),
                    settings.load(),
                    settings.patience());
        } catch (RefusedException e) {
            return failed(ExitCode.REFUSED, "refused", e);
        } catch (IOException e) {
            return failed(ExitCode.CANNOT_CONNECT, "cannot connect to " + settings.address(), e);
        }
        try (generator) {
            return report(new BenchResult(measure(generator), generator.connectMicros(), cpu / 1e9));
        } catch (OverloadException e) {
            return failed(ExitCode.CLOSED_ABNORMALLY, "the server does not keep up", e);
        } catch (IOException e) {
            return failed(ExitCode.CLOSED_ABNORMALLY, "a reply was wrong or lost", e);
        }
    }

    private LoadGenerator.Report measure(LoadGenerator generator) throws IOException {
        Runnable start = () -> cpu = -cpuNanos();
        Runnable end = () -> cpu += cpuNanos();
        return settings.rate() > 0
                ? generator.runAtRate(settings.rate(), settings.warmUp(), settings.duration(), start, end)
                : generator.run(settings.warmUp(), settings.duration(), start, end);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private ExitCode report(BenchResult result) {
        if (result.report().messages() == 0) {
            return failed(
                    ExitCode.CLOSED_ABNORMALLY,
                    "nothing measured",
                    "no message came back in the measured time;" + " try a longer --duration or a higher --rate");
        }
        streams.out()
                .print(new BenchReport(settings.url(), settings.load(), settings.rate(), settings.warmUp(), result)
                        .text(settings.assertions()));
        streams.out().flush();
        boolean all = settings.assertions().stream().allMatch(assertion -> assertion.holds(result));
        return all ? ExitCode.OK : ExitCode.ASSERTION_FAILED;
    }

    private ExitCode failed(ExitCode code, String what, Exception e) {
        return failed(code, what, String.valueOf(e.getMessage()));
    }

    private ExitCode failed(ExitCode code, String what, String why) {
        streams.say("wscratch bench: " + what + ": " + Printable.of(why));
        return code;
    }
}
