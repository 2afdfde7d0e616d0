package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.bench.Errors;
import dev.wscratch.bench.Load;
import dev.wscratch.bench.LoadGenerator;
import dev.wscratch.bench.Measured;
import dev.wscratch.bench.Second;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static Histogram histogram() {
        return new Histogram(1, 60_000_000, 3);
    }

    private static BenchSettings settings(int rate) {
        return new BenchSettings(
                "ws://localhost:8080/echo",
                InetSocketAddress.createUnresolved("localhost", 8080),
                "/echo",
                null,
                List.of(),
                List.of(),
                Load.parse("c100p1s64t"),
                rate,
                false,
                1,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                4711,
                "text",
                null,
                List.of(new BenchAssertion("p99", "<", 20)));
    }

    /** So many messages in 10 s, each of 2 ms. */
    static BenchResult result(int rate, int messages) {
        Histogram micros = histogram();
        micros.recordValueWithCount(2_000, messages);
        return result(rate, micros);
    }

    private static BenchResult result(int rate, Histogram micros) {
        Histogram lag = histogram();
        lag.recordValue(90);
        Histogram connect = histogram();
        connect.recordValueWithCount(1_200, 99);
        connect.recordValue(9_000);
        LoadGenerator.Report report =
                new LoadGenerator.Report(micros.getTotalCount(), 10_000_000_000L, micros, rate > 0 ? lag : histogram());
        List<Second> seconds = List.of(new Second(0, 5_000, 0.41, 1.9, 6.1), new Second(1, 5_001, 0.4, 1.8, 3));
        return new BenchResult(
                settings(rate),
                new Measured(report, connect, seconds, new Errors(), 0),
                new BenchClocks.Readings(3.8, 3, 2.5, 200L << 20),
                Map.of(1000, 99L, 1006, 1L),
                false);
    }

    private static BenchResult usual(int rate) {
        Histogram micros = histogram();
        micros.recordValueWithCount(300, 30_000);
        micros.recordValueWithCount(700, 19_000);
        micros.recordValueWithCount(1_500, 950);
        micros.recordValueWithCount(6_100, 50);
        return result(rate, micros);
    }

    @Test
    void atARateThePersonSeesEachFigureWithItsUnit() {
        assertThat(new BenchReport(usual(5_000)).text())
                .isEqualTo(
                        """
            Target      ws://localhost:8080/echo   100 connections, 64-byte text, open model 5,000 msg/s, 10.0 s (1.0 s warm-up not counted)
            Messages    50,000 sent   50,000 echoed, each verified   0 lost   0 wrong
            Rate        5,000.0 msg/s  (asked 5,000)
            Wire        3.5 MB up   3.3 MB down   frame overhead 9.4 % / 3.1 %
            Connect     p50 1.20 ms   p99 1.20 ms   max 9.01 ms   (TCP + upgrade)

            Latency from the moment each message was due (corrected for coordinated omission)
                 50 %        0.30 ms   |       0.2 -      0.4 ms        30,000  ########################
                 75 %        0.70 ms   |       0.4 -      0.8 ms        19,000  ###############
                 90 %        0.70 ms   |       0.8 -      1.6 ms           950
                 99 %        1.50 ms   |       3.2 -      6.4 ms            50
               99.9 %        1.50 ms
              max            6.10 ms

            Errors      none
            Assert      ok     p99 1.50 ms < 20.00 ms
            Server      CPU 25 % of a core, 20,000 messages per CPU second, 200 MiB of memory
            Generator   CPU 38 % of a core (it spins between messages), GC max 3 ms, send lag p99 0.09 ms - not the bottleneck
            Close       99 x 1000   1 x 1006 (no Close frame)
            """);
    }

    @Test
    void aClosedLoopSaysThatItAskedLess() {
        assertThat(new BenchReport(usual(0)).text())
                .contains("closed loop with 1 in flight each")
                .contains("Latency from sending to reply (closed loop: a slow server was asked less)")
                .doesNotContain("asked 5,000", "send lag");
    }

    @Test
    void jsonHasEverythingForAProgram() {
        String json = BenchData.json(usual(5_000));
        assertThat(json)
                .startsWith("{\"schemaVersion\":1,\"target\":\"ws://localhost:8080/echo\",\"interrupted\":false,")
                .contains("\"model\":\"open\",\"rate\":5000,")
                .contains("\"messages\":{\"sent\":50000,\"echoed\":50000,\"lost\":0,\"wrong\":0,\"notWaitedFor\":0}")
                .contains("\"p50\":0.300,", "\"p99\":1.500,", "\"p99.9\":1.500,", "\"max\":6.1")
                .contains("{\"fromMillis\":0.200,\"toMillis\":0.400,\"count\":30000}")
                .contains(
                        "{\"second\":1,\"messages\":5001,\"p50Millis\":0.400,\"p99Millis\":1.800,\"maxMillis\":3.000}")
                .contains("\"errors\":[]")
                .contains("\"server\":{\"pid\":4711,\"cpuSeconds\":2.500,\"messagesPerCpuSecond\":20000.000,")
                .contains("\"close\":{\"1000\":99,\"1006\":1}")
                .endsWith("\"assertions\":[{\"bound\":\"p99<20ms\",\"actual\":1.500,\"holds\":true}]}");
    }

    @Test
    void csvHasARowForEachSecondAndOneForAll() {
        assertThat(BenchData.csv(usual(5_000)))
                .isEqualTo(
                        """
            second,messages,p50_ms,p99_ms,max_ms
            0,5000,0.410,1.900,6.100
            1,5001,0.400,1.800,3.000
            total,50000,0.300,1.500,6.103
            """);
    }
}
