package dev.wscratch.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Zlib;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Row 27: what thousands of compressed connections take from the operating system, and that they give it back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class CompressionMemoryFaultsIT {
    private static final int CONNECTIONS = 5_000;

    /** All of the heap is resident from the start, so what is added later is native memory. */
    private static final List<String> FIXED_HEAP =
            List.of("-Xms320m", "-Xmx320m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private static final long MEBIBYTE = 1 << 20;

    /** What {@code Limits.DEFAULT} lets compression take. */
    private static final long BUDGET = 512 * MEBIBYTE;

    /** Code, threads, the buffers of selectors and what the C library keeps for later. */
    private static final long SLACK = 64 * MEBIBYTE;

    private record Elsewhere(int port) implements Target {
        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public String path() {
            return "/echo";
        }
    }

    @Test
    @DisplayName("row 27: 5,000 compressed connections stay within the budget, and their memory returns")
    void thousandsOfCompressedConnectionsStayWithinTheBudgetAndTheirMemoryReturns() throws Exception {
        try (ChildProcess process = ChildProcess.java(FIXED_HEAP, UsualServer.class)) {
            Elsewhere server = new Elsewhere(Integer.parseInt(process.readLine()));
            try (NoisyNeighbour neighbour = new NoisyNeighbour(server)) {
                openAndClose(server, 50);
                long before = residentBytes(process);
                List<RawPeer> peers = open(server, CONNECTIONS);
                long during = residentBytes(process);
                close(peers);
                assertThat(during - before)
                        .as("resident bytes of %d connections", CONNECTIONS)
                        .isBetween(BUDGET / 4, BUDGET + SLACK);
                await().atMost(Duration.ofSeconds(20))
                        .pollInSameThread()
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> assertThat(residentBytes(process) - before)
                                .as("resident bytes that stay behind")
                                .isLessThan(SLACK));
                neighbour.assertWasServed();
            }
        }
    }

    private static void openAndClose(Target server, int count) throws Exception {
        close(open(server, count));
    }

    /** Each has filled the windows (of 32 KiB) of both directions, and holds an inflater in the middle of a message. */
    private static List<RawPeer> open(Target server, int count) throws Exception {
        byte[] message = new byte[36 << 10];
        Random random = new Random(27);
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) ('a' + random.nextInt(16));
        }
        // What is sent is the same each time, and each answer is the first of its connection.
        try (Zlib zlib = new Zlib();
                Zlib answers = new Zlib(false)) {
            byte[] first = RawPeer.frame(0xC1, zlib.deflate(message));
            byte[] second = RawPeer.frame(0x41, zlib.deflate("begins".getBytes(UTF_8)));
            List<RawPeer> peers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                RawPeer peer = RawPeer.connect(server.port());
                peers.add(peer);
                String head = peer.handshake("/deflate", "Sec-WebSocket-Extensions: permessage-deflate");
                assertThat(head).contains("permessage-deflate");
                peer.send(first);
                assertThat(answers.inflate(peer.readFrame().payload())).isEqualTo(message);
                peer.send(head.contains("client_no_context_takeover") ? alone() : second);
            }
            return peers;
        }
    }

    private static byte[] alone() {
        try (Zlib zlib = new Zlib()) {
            return RawPeer.frame(0x41, zlib.deflate("begins".getBytes(UTF_8)));
        }
    }

    private static void close(List<RawPeer> peers) throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
    }

    private static long residentBytes(ChildProcess process) {
        Path status = Path.of("/proc", Long.toString(process.process().pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
