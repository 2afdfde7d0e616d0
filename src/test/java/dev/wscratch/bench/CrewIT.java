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
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CrewIT {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private WscratchServer server;

    @BeforeEach
    void start() throws IOException {
        server = WscratchServer.builder().port(0).faults(true).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Remembers what it heard, from its own thread and the crew's. */
    private static final class Heard implements Crew.Observer {
        private final CountDownLatch counting = new CountDownLatch(1);
        private volatile boolean ended;
        private volatile int opened;

        @Override
        public void opened(int connections) {
            opened = connections;
        }

        @Override
        public void at(Crew.Live live) {
            if (!live.warmingUp()) {
                counting.countDown();
            }
        }

        @Override
        public void started() {
            ended = false;
        }

        @Override
        public void ended() {
            ended = true;
        }
    }

    private Crew.Plan plan(String resource, String cell, int rate, int threads, Duration duration) {
        Load load = Load.parse(cell);
        return new Crew.Plan(
                target(server.port(), resource), load, rate, threads, Duration.ZERO, SHORT, duration, PATIENCE);
    }

    private static Target target(int port, String resource) {
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), resource, null, null);
    }

    /** To a server of the test's own: two connections, or as many as the cell says. */
    private static Crew.Plan to(int port, String cell, Duration ramp) {
        return new Crew.Plan(target(port, "/"), Load.parse(cell), 10, 1, ramp, SHORT, SHORT, PATIENCE);
    }

    @Test
    void pingsAreAnsweredWhileOthersOpen() throws Exception {
        AtomicInteger open = new AtomicInteger();
        ScriptedServer.Script ping = c -> {
            c.accept();
            int before = open.incrementAndGet();
            c.hex("89 02 68 69");
            ScriptedServer.Frame pong = c.frame();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.text()).isEqualTo("hi");
            assertThat(open).as("the other one opens two seconds later").hasValue(before);
            assertThat(c.frame().closeCode()).isEqualTo(1000);
            c.hex("88 02 03 e8");
        };
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ScriptedServer one = ScriptedServer.start(listener, ping);
                ScriptedServer other = ScriptedServer.start(listener, ping);
                Crew crew = Crew.of(to(one.port(), "c2p1s64t", Duration.ofSeconds(4)))) {
            assertThat(other.port()).isEqualTo(one.port());
            crew.open(new Heard());
            assertThat(crew.goodbye()).isEqualTo(Map.of(1000, 2L));
            assertThat(crew.errors().entries()).isEmpty();
        }
    }

    @Test
    void aPingThatComesWithThe101IsAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> {
                    c.acceptWith("89 01 78");
                    assertThat(c.frame().text()).isEqualTo("x");
                    assertThat(c.frame().closeCode()).isEqualTo(1000);
                    c.hex("88 02 03 e8");
                });
                Crew crew = Crew.of(to(server.port(), "c1p1s64t", Duration.ZERO))) {
            crew.open(new Heard());
            assertThat(crew.goodbye()).isEqualTo(Map.of(1000, 1L));
        }
    }

    /** What the server does with our Close frame, and which code that counts as. */
    @ParameterizedTest
    @CsvSource({"88 02 03 f3, 1011", "'', 1006", "reset, 1006", "81 01 78, 1006", "ff ff, 1006"})
    void whateverBecomesOfTheGoodbyeIsCounted(String answer, int code) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> {
                    c.accept();
                    assertThat(c.frame().closeCode()).isEqualTo(1000);
                    if (answer.equals("reset")) {
                        c.reset();
                    } else {
                        c.hex(answer);
                    }
                });
                Crew crew = Crew.of(to(server.port(), "c1p1s64t", Duration.ZERO))) {
            crew.open(new Heard());
            assertThat(crew.goodbye()).isEqualTo(Map.of(code, 1L));
        }
    }

    @Test
    void severalThreadsSendEachMessageThatWasDueOnceAndSayGoodbye() throws Exception {
        Heard heard = new Heard();
        try (Crew crew = Crew.of(plan("/echo", "c5p1s64t", 1_000, 3, Duration.ofMillis(1_200)))) {
            crew.open(heard);
            assertThat(heard.opened).isEqualTo(5);
            Measured measured = crew.run(heard);
            assertThat(measured.report().messages()).isEqualTo(1_200);
            assertThat(measured.report().micros().getTotalCount()).isEqualTo(1_200);
            assertThat(measured.report().lagMicros().getTotalCount()).isEqualTo(1_200);
            assertThat(measured.connectMicros().getTotalCount()).isEqualTo(5);
            assertThat(measured.errors().entries()).isEmpty();
            assertThat(measured.seconds()).hasSizeBetween(2, 3);
            assertThat(measured.seconds().stream().mapToLong(Second::messages).sum())
                    .isEqualTo(1_200);
            assertThat(heard.ended).isTrue();
            assertThat(crew.goodbye()).isEqualTo(Map.of(1000, 5L));
        }
    }

    @Test
    void aClosedLoopOnSeveralThreadsCountsEachReply() throws Exception {
        try (Crew crew = Crew.of(plan("/echo", "c4p2s64t", 0, 2, SHORT))) {
            crew.open(new Heard());
            Measured measured = crew.run(new Heard());
            assertThat(measured.report().messages())
                    .isPositive()
                    .isEqualTo(measured.report().micros().getTotalCount());
        }
    }

    @Test
    void aStopEndsTheSendingAndWaitsForTheReplies() throws Exception {
        Heard heard = new Heard();
        try (Crew crew = Crew.of(plan("/echo", "c2p1s64t", 200, 1, Duration.ofMinutes(10)))) {
            crew.open(heard);
            Thread stopping = new Thread(() -> {
                try {
                    assertThat(heard.counting.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                crew.stop();
            });
            stopping.start();
            Measured measured = crew.run(heard);
            stopping.join();
            assertThat(measured.unanswered()).isZero();
            assertThat(measured.report().nanos())
                    .isLessThan(Duration.ofSeconds(30).toNanos());
        }
    }

    @Test
    void connectionsThatEndAreCountedWithWhatWasLostAndTheOthersGoOn() throws Exception {
        // Each is closed after 20 messages.
        try (Crew crew = Crew.of(plan("/fault/close/1011?messages=20", "c2p1s64t", 100, 1, Duration.ofSeconds(2)))) {
            crew.open(new Heard());
            Measured measured = crew.run(new Heard());
            assertThat(measured.errors().connections()).isEqualTo(2);
            assertThat(measured.errors().entries()).allMatch(entry -> entry.step() == Errors.Step.CONNECTION);
            assertThat(measured.errors().entries().get(0).message()).contains("1011");
            assertThat(measured.report().nanos())
                    .isLessThan(Duration.ofSeconds(2).toNanos());
        }
    }

    @Test
    void aWrongReplyIsCountedAsOne() throws Exception {
        try (Crew crew = Crew.of(plan("/", "c2p1s64t", 100, 1, SHORT))) {
            crew.open(new Heard());
            Measured measured = crew.run(new Heard());
            assertThat(measured.errors().wrong()).isEqualTo(2);
            assertThat(measured.report().messages()).isZero();
        }
    }

    @Test
    void messagesThatAreNotAnsweredForThePatienceAreLost() throws Exception {
        try (Crew crew = Crew.of(plan("/fault/silent?for=30s", "c1p1s64t", 10, 1, Duration.ofSeconds(30)))) {
            crew.open(new Heard());
            Measured measured = crew.run(new Heard());
            assertThat(measured.errors().entries()).allMatch(entry -> entry.step() == Errors.Step.LOST);
            assertThat(measured.errors().lost()).isGreaterThan(10);
        }
    }

    @Test
    void aRefusalOfTheFirstConnectionIsThrown() throws Exception {
        try (Crew crew = Crew.of(plan("/nowhere", "c2p1s64t", 100, 1, SHORT))) {
            assertThatThrownBy(() -> crew.open(new Heard()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("404");
        }
    }

    @Test
    void aRampSpreadsTheOpening() throws Exception {
        Crew.Plan plain = plan("/echo", "c4p1s64t", 100, 1, SHORT);
        Crew.Plan ramped =
                new Crew.Plan(plain.target(), plain.load(), 100, 1, Duration.ofMillis(800), SHORT, SHORT, PATIENCE);
        try (Crew crew = Crew.of(ramped)) {
            long begun = System.nanoTime();
            crew.open(new Heard());
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(600).toNanos());
            assertThat(crew.connections()).isEqualTo(4);
        }
    }

    @Test
    void idleConnectionsAreHeldAndEachStillEchoes() throws Exception {
        try (Crew crew = Crew.of(plan("/echo", "c20p1s64t", 0, 2, SHORT))) {
            crew.open(new Heard());
            assertThat(crew.idle(SHORT, new Heard())).isEqualTo(20);
            assertThat(crew.goodbye()).isEqualTo(Map.of(1000, 20L));
        }
    }
}
