package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LoadGeneratorIT {
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Target target(String resource) {
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), resource, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1p1s1b", "c8p16s64b", "c4p3s16kt", "c2p2s1mb"})
    void everyMessageComesBackAndCounts(String cell) throws IOException {
        Load load = Load.parse(cell);
        try (LoadGenerator generator = LoadGenerator.open(target("/echo"), load, PATIENCE)) {
            LoadGenerator.Report report = generator.run(SHORT, SHORT, () -> {}, () -> {});
            assertThat(report.messages()).isEqualTo(report.micros().getTotalCount());
            generator.once();
            assertThat(generator.verified())
                    .isGreaterThanOrEqualTo(report.messages())
                    .isGreaterThanOrEqualTo((long) load.connections() * (load.inFlight() + 1));
        }
    }

    @Test
    void atARateEveryMessageThatWasDueCountsOnce() throws IOException {
        try (LoadGenerator generator = LoadGenerator.open(target("/echo"), Load.parse("c3p1s64t"), PATIENCE)) {
            LoadGenerator.Report report = generator.runAtRate(1000, SHORT, SHORT, () -> {}, () -> {});
            assertThat(report.messages()).isEqualTo(100);
            assertThat(report.micros().getTotalCount()).isEqualTo(100);
            assertThat(report.lagMicros().getTotalCount()).isEqualTo(100);
            assertThat(generator.verified()).isEqualTo(200);
            assertThat(generator.connectMicros().getTotalCount()).isEqualTo(3);
        }
    }

    @Test
    void allAddressesOfAHostAreTried() throws IOException {
        // Nobody listens at this one; the server is at the address that the name has.
        InetAddress first = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 77});
        Target target = new Target(new InetSocketAddress(first, server.port()), "/echo", null, null);
        try (LoadGenerator generator = LoadGenerator.open(target, Load.parse("c2p1s64t"), PATIENCE)) {
            generator.once();
            assertThat(generator.verified()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatEndsWithoutRepliesEndsTheRun() throws IOException {
        try (ScriptedServer silent = ScriptedServer.start(connection -> {
            connection.accept();
            connection.frame();
        })) {
            Target target =
                    new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.port()), "/", null, null);
            try (LoadGenerator generator = LoadGenerator.open(target, Load.parse("c1p1s64t"), PATIENCE)) {
                assertThatThrownBy(() -> generator.runAtRate(10, SHORT, SHORT, () -> {}, () -> {}))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void pingsAreNoReplies() throws IOException {
        try (ScriptedServer pinging = ScriptedServer.start(connection -> {
            connection.accept();
            while (connection.frame().opcode() != 8) {
                connection.hex("8900");
            }
        })) {
            Target target = new Target(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), pinging.port()), "/", null, null);
            LoadGenerator generator = LoadGenerator.open(target, Load.parse("c1p1s64t"), Duration.ofMillis(300));
            assertThatThrownBy(generator::once).hasMessage("expected replies, got none for 0.3 s");
            generator.close();
        }
    }

    @Test
    void aServerThatIsTooSlowForTheRateIsReportedWithTheRateThatItHad() throws IOException {
        try (ScriptedServer slow = ScriptedServer.start(connection -> {
            connection.accept();
            List<ScriptedServer.Frame> first = new ArrayList<>();
            // It answers after the measured time only.
            for (int i = 0; i < 100; i++) {
                first.add(connection.frame());
            }
            assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS)).isFalse();
            for (ScriptedServer.Frame frame : first) {
                connection.message(frame.text());
            }
            connection.frame();
        })) {
            Target target =
                    new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), slow.port()), "/", null, null);
            try (LoadGenerator generator = LoadGenerator.open(target, Load.parse("c1p1s64t"), PATIENCE)) {
                LoadGenerator.Report report = generator.runAtRate(1000, Duration.ZERO, SHORT, () -> {}, () -> {});
                assertThat(report.messages()).isEqualTo(100);
                assertThat(report.nanos()).isGreaterThan(Duration.ofMillis(500).toNanos());
            }
        }
    }

    @Test
    void aServerThatSwallowsMessagesIsGivenUpBeforeTheMemoryIs() throws IOException {
        try (ScriptedServer deaf = ScriptedServer.start(connection -> {
            connection.accept();
            int opcode;
            do {
                opcode = connection.frame().opcode();
            } while (opcode != 8);
        })) {
            Target target =
                    new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.port()), "/", null, null);
            LoadGenerator generator = LoadGenerator.open(target, Load.parse("c1p1s1b"), PATIENCE);
            assertThatThrownBy(() ->
                            generator.runAtRate(10_000_000, Duration.ZERO, Duration.ofHours(1), () -> {}, () -> {}))
                    .isInstanceOf(OverloadException.class)
                    .hasMessageContaining("1000000");
            generator.close();
        }
    }

    @Test
    void anAnswerThatIsNotTheEchoEndsTheRun() throws IOException {
        try (LoadGenerator generator = LoadGenerator.open(target("/"), Load.parse("c1p1s64t"), PATIENCE)) {
            assertThatThrownBy(() -> generator.run(SHORT, SHORT, () -> {}, () -> {}))
                    .isInstanceOf(WrongReplyException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatSaysNothingIsNotWaitedForBeyondThePatience(boolean secure) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Target target = new Target(
                    (InetSocketAddress) silent.getLocalSocketAddress(),
                    "/",
                    secure ? SSLContext.getDefault() : null,
                    null);
            assertThatThrownBy(() -> LoadGenerator.open(target, Load.parse("c1p1s64t"), SHORT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("expected TCP, TLS and the handshake within 100 ms");
        }
    }

    @Test
    void aRefusedHandshakeSaysWhatCame() {
        assertThatThrownBy(() -> LoadGenerator.open(target("/nowhere"), Load.parse("c1p1s64t"), PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }
}
