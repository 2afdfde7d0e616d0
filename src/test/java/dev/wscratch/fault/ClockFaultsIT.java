package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.Requires;
import dev.wscratch.cli.Main;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 46: the wall clock jumps while sessions are open. libfaketime tells the server's process another time of day and
 * leaves its monotonic clock alone, as a jump of the machine's clock would.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClockFaultsIT {
    private static final int SESSIONS = 8;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PING = Duration.ofSeconds(1);
    private static final Duration HANDSHAKE = Duration.ofSeconds(8);

    /** Each look at the clock costs the library a system call and a lock. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** A peer that answers each Ping and notes all else. */
    private static final class Listener implements AutoCloseable {
        private final RawPeer peer;
        private final AtomicInteger pings = new AtomicInteger();
        private final BlockingQueue<String> others = new LinkedBlockingQueue<>();

        Listener(RawPeer connected) throws IOException {
            peer = connected;
            assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
            Thread reader = new Thread(this::read, "listener");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try {
                while (true) {
                    RawPeer.Frame frame = peer.readFrame();
                    if (frame.opcode() == RawPeer.PING) {
                        peer.send(RawPeer.frame(0x80 | RawPeer.PONG, frame.payload()));
                        pings.incrementAndGet();
                    } else {
                        others.add(frame.opcode() == RawPeer.TEXT ? frame.text() : frame.toString());
                    }
                }
            } catch (IOException ended) {
                others.add("ended: " + ended.getMessage());
            }
        }

        /** Nothing else has come, and an echo and two more Pings do. */
        void assertLivesOn() throws IOException, InterruptedException {
            int before = pings.get();
            peer.sendText("hello");
            assertThat(others.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
            await().atMost(PING.multipliedBy(4).plus(Quick.SLACK)).until(() -> pings.get() >= before + 2);
            assertThat(others).isEmpty();
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }

    @Test
    @DisplayName("row 46: a wall clock that jumps an hour on, then two back, closes nobody and stops no deadline")
    void aWallClockThatJumpsClosesNobodyAndStopsNoDeadline() throws Exception {
        Path offset = Files.writeString(folder.resolve("offset"), "+0");
        int port = Quick.freePort();
        int tlsPort = Quick.freePort();
        makeCertificate();
        List<Listener> sessions = new ArrayList<>();
        try (ChildProcess server = ChildProcess.start(underFakeTime(offset, port, tlsPort))) {
            await().atMost(STARTS_WITHIN).pollInSameThread().until(() -> answers(port));
            SSLContext trust = Scheme.trusting(folder.resolve("wscratch/localhost.pem"));
            for (int i = 0; i < SESSIONS; i++) {
                boolean plain = i % 2 == 0;
                sessions.add(new Listener(plain ? RawPeer.connect(port) : RawPeer.connect(tlsPort, 0, trust, null)));
            }
            for (Duration jump : List.of(HOUR, HOUR.negated(), Duration.ZERO)) {
                RawPeer slow = RawPeer.connect(port);
                String head = RawPeer.request(port, "/echo");
                slow.send(head.substring(0, 40));
                Files.writeString(offset, (jump.isNegative() ? "" : "+") + jump.toSeconds());
                awaitJump(port, jump);
                slow.send(head.substring(40));
                assertThat(slow.readHead()).as("a handshake across the jump").startsWith("HTTP/1.1 101 ");
                slow.close();
                for (Listener session : sessions) {
                    session.assertLivesOn();
                }
                assertASilentSocketIsGoneInTime(port);
            }
            assertNobodyElseWasClosed(port);
            assertThat(server.process().isAlive()).isTrue();
        } finally {
            for (Listener session : sessions) {
                session.close();
            }
        }
    }

    /** Here, since it would take long under the library. */
    private void makeCertificate() throws IOException {
        SelfSigned identity = new SelfSigned(folder.resolve("wscratch"));
        try (WscratchServer maker = WscratchServer.builder()
                .withoutPlain()
                .tls(new TlsSettings(0, identity, ClientCertificates.NONE))
                .start()) {
            assertThat(maker.tlsPort()).isPositive();
        }
    }

    /** The library's path, as its own program would set it: with the directory of this machine's architecture. */
    private static String library() throws IOException, InterruptedException {
        Path faketime = Requires.program("WSCRATCH_FAKETIME", "faketime");
        Process asked = new ProcessBuilder(faketime.toString(), "-m", "-f", "+0", "printenv", "LD_PRELOAD").start();
        String path = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(asked.waitFor()).isZero();
        return path;
    }

    private static List<String> underFakeTime(Path offset, int port, int tlsPort)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + offset,
                "FAKETIME_CACHE_DURATION=1",
                // Else the JVM's nanoTime jumps too, which no machine's does.
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "NO_FAKE_STAT=1",
                "XDG_CONFIG_HOME=" + offset.getParent()));
        command.addAll(ChildProcess.command(
                List.of(),
                Main.class,
                "serve",
                "--port",
                Integer.toString(port),
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-self-signed",
                "--ping-interval",
                PING.toSeconds() + "s",
                "--handshake-timeout",
                HANDSHAKE.toSeconds() + "s",
                "--idle-timeout",
                "10m"));
        return command;
    }

    private static boolean answers(int port) {
        try {
            return get(port, "/health").startsWith("HTTP/1.1 200 ");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String get(int port, String path) throws IOException {
        try (RawPeer peer = RawPeer.connect(port)) {
            peer.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
            return peer.readResponse();
        }
    }

    /** Without this the test could pass on a server whose clock never moved. */
    private static void awaitJump(int port, Duration jump) {
        await().atMost(HANDSHAKE).pollInSameThread().untilAsserted(() -> {
            String date = get(port, "/health")
                    .lines()
                    .filter(line -> line.startsWith("Date: "))
                    .findFirst()
                    .orElseThrow();
            Instant there = ZonedDateTime.parse(date.substring(6), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertThat(Duration.between(Instant.now(), there).minus(jump).abs())
                    .as("the server's clock, less the jump of %s", jump)
                    .isLessThan(Duration.ofSeconds(30));
        });
    }

    private static void assertASilentSocketIsGoneInTime(int port) throws IOException {
        long start = System.nanoTime();
        try (RawPeer silent = RawPeer.connect(port)) {
            assertThat(silent.endsEventually()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(HANDSHAKE.dividedBy(2), HANDSHAKE.plus(Quick.SLACK));
    }

    private static void assertNobodyElseWasClosed(int port) throws IOException {
        List<String> metrics = get(port, "/metrics").lines().toList();
        assertThat(metrics).anySatisfy(line -> assertThat(line)
                .startsWith("websocket_connections_active{endpoint=\"/echo\"} " + SESSIONS));
        // The three handshakes across a jump, ended by their client without a Close frame.
        assertThat(metrics.stream()
                        .filter(line -> line.startsWith("websocket_connections_closed_total{"))
                        .toList())
                .singleElement()
                .asString()
                .contains("code=\"1006\"")
                .endsWith(" 3.0");
        double roundTrips = Double.parseDouble(metrics.stream()
                .filter(line -> line.startsWith("websocket_ping_rtt_seconds_sum"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow());
        assertThat(roundTrips)
                .as("seconds of all round trips together: an hour would show")
                .isBetween(0.0, 1_800.0);
    }
}
