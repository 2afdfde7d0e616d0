package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that stalls once, seen in the open model and in a closed loop. */
@Timeout(30)
class CoordinatedOmissionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STALL_MILLIS = 400;

    /** Echoes, and says nothing for a while after so many messages. */
    private static ScriptedServer stallingAfter(int messages) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.accept();
            int count = 0;
            ScriptedServer.Frame frame = connection.frame();
            while (frame.opcode() != 8) {
                if (++count == messages) {
                    assertThat(new CountDownLatch(1).await(STALL_MILLIS, TimeUnit.MILLISECONDS))
                            .isFalse();
                }
                connection.message(frame.text());
                frame = connection.frame();
            }
        });
    }

    private static LoadGenerator open(ScriptedServer server) throws IOException {
        Target target =
                new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), "/", null, null);
        return LoadGenerator.open(target, Load.parse("c1p1s64t"), PATIENCE);
    }

    private static long slow(Histogram micros) {
        return micros.getCountBetweenValues(100_000, LoadGenerator.LONGEST_MICROS);
    }

    @Test
    void theOpenModelChargesTheServerForAllThatWasDueInTheStall() throws IOException {
        try (ScriptedServer server = stallingAfter(50);
                LoadGenerator generator = open(server)) {
            LoadGenerator.Report report =
                    generator.runAtRate(250, Duration.ZERO, Duration.ofMillis(800), () -> {}, () -> {});
            assertThat(report.messages()).isEqualTo(200);
            // Due in the first 300 of the 400 ms: each was answered at least 100 ms late.
            assertThat(slow(report.micros())).isGreaterThanOrEqualTo(70);
            assertThat(report.micros().getValueAtPercentile(75)).isGreaterThan(100_000);
        }
    }

    @Test
    void aClosedLoopSeesOneSlowMessage() throws IOException {
        try (ScriptedServer server = stallingAfter(50);
                LoadGenerator generator = open(server)) {
            LoadGenerator.Report report = generator.run(Duration.ZERO, Duration.ofMillis(800), () -> {}, () -> {});
            assertThat(report.messages()).isGreaterThan(100);
            assertThat(slow(report.micros())).isBetween(1L, 3L);
            assertThat(report.micros().getValueAtPercentile(75)).isLessThan(100_000);
        }
    }
}
