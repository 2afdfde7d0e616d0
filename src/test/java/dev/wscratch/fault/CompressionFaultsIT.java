package dev.wscratch.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Selectors;
import dev.wscratch.peer.Zlib;
import dev.wscratch.transport.Deadlines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 23 to 26: what can be wrong with compression, from several peers at a time and beside a neighbour. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class CompressionFaultsIT {
    private static final int PEERS = 4;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_BINARY = 0xC2;

    @RegisterExtension
    private final ServerUnderFault server =
            new ServerUnderFault(builder -> builder.metrics(true).deadlines(Deadlines.DEFAULT));

    private RawPeer open() throws IOException {
        RawPeer peer = connect();
        assertThat(peer.handshake("/deflate", OFFER)).startsWith("HTTP/1.1 101 ");
        return peer;
    }

    /** The fixture is for one thread. */
    private synchronized RawPeer connect() throws IOException {
        return server.connect();
    }

    /** Runs the same for each of some peers at a time. */
    private static void together(Callable<Void> attack) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PEERS);
        try {
            List<Callable<Void>> all =
                    IntStream.range(0, PEERS).mapToObj(i -> attack).toList();
            for (Future<Void> each : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Compression holds nothing any more, as the server itself counts it. */
    private void assertNothingIsHeld() {
        await().atMost(Duration.ofSeconds(10)).pollInSameThread().untilAsserted(() -> {
            try (RawPeer scraper = connect()) {
                scraper.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n");
                assertThat(scraper.readResponse())
                        .contains("websocket_deflate_held_bytes 0.0")
                        .contains("websocket_deflate_reserved_bytes 0.0");
            }
        });
    }

    @Test
    @DisplayName("row 23: bombs of 1 MB that would be 1 GiB are answered by 1009, one after the other and side by side")
    void bombsAreAnsweredBy1009() throws Exception {
        byte[] bomb = RawPeer.frame(COMPRESSED_BINARY, Zlib.bomb(1024));
        assertThat(bomb.length).isLessThan(1_200_000);
        together(() -> {
            for (int i = 0; i < 5; i++) {
                try (RawPeer peer = open()) {
                    sendUntilRefused(peer, bomb);
                    assertThat(peer.readClose().closeCode()).isEqualTo(1009);
                }
            }
            return null;
        });
        Selectors.assertTheyRest();
        assertNothingIsHeld();
    }

    @Test
    @DisplayName(
            "row 24: final blocks, trailing bytes and empty blocks are read or refused, and cost nothing afterwards")
    void unusualEndsOfBlocksCostNothingAfterwards() throws Exception {
        byte[] endless = repeated(new byte[] {3, 0}, 4000);
        byte[] tooMany = repeated(new byte[] {3, 0}, 5000);
        byte[] trailing = {(byte) 0xF3, 0x48, (byte) 0xCD, (byte) 0xC9, (byte) 0xC9, 7, 0, -1, -1, -1};
        byte[] emptyBlocks = repeated(new byte[] {0, 0, 0, -1, -1}, 50_000);
        together(() -> {
            RawPeer peer = open();
            for (int i = 0; i < 5; i++) {
                peer.send(RawPeer.frame(COMPRESSED_TEXT, endless));
                assertThat(peer.readDataFrame().text()).isEmpty();
                peer.send(RawPeer.frame(COMPRESSED_TEXT, concat(emptyBlocks, new byte[] {0})));
                assertThat(peer.readDataFrame().text()).isEmpty();
            }
            assertRefused(tooMany, 1008);
            assertRefused(trailing, 1007);
            assertRefused(new byte[] {-1}, 1007);
            return null;
        });
        Selectors.assertTheyRest();
    }

    private void assertRefused(byte[] payload, int code) throws IOException {
        try (RawPeer peer = open()) {
            peer.send(RawPeer.frame(COMPRESSED_TEXT, payload));
            assertThat(peer.readClose().closeCode()).isEqualTo(code);
        }
    }

    @Test
    @DisplayName("row 25: a storm of offers, right and wrong, is answered each by its own")
    void aStormOfOffersIsAnsweredEachByItsOwn() throws Exception {
        List<String> windows = List.of("7", "8", "9", "15", "16", "", "010");
        together(() -> {
            for (int i = 0; i < 20; i++) {
                for (String bits : windows) {
                    boolean fits = bits.matches("8|9|15");
                    try (RawPeer peer = connect()) {
                        String head = peer.handshake("/deflate", OFFER + "; server_max_window_bits=" + bits);
                        if (bits.isEmpty()) {
                            assertThat(head).startsWith("HTTP/1.1 400 ");
                        } else if (fits) {
                            assertThat(head).contains("permessage-deflate; server_max_window_bits=" + bits + "\r\n");
                        } else {
                            assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContain("permessage-deflate");
                        }
                    }
                }
            }
            return null;
        });
        assertNothingIsHeld();
    }

    @Test
    @DisplayName("row 26: plain fragments and compressed messages alternate with pings inside, until RSV1 on a"
            + " continuation is answered by 1002")
    void plainAndCompressedMessagesAlternateUntilRsv1OnAContinuation() throws Exception {
        together(() -> {
            RawPeer peer = open();
            try (Zlib zlib = new Zlib()) {
                for (int i = 0; i < 200; i++) {
                    String message = ("message " + i + " ").repeat(50);
                    byte[] plain = message.getBytes(UTF_8);
                    peer.send(RawPeer.frame(RawPeer.TEXT, Arrays.copyOf(plain, 100)));
                    if (i % 10 == 0) {
                        peer.send(RawPeer.frame(0x80 | RawPeer.PING, new byte[] {1, 2, 3}));
                        assertThat(peer.readFrame().payload()).as("pong").containsExactly(1, 2, 3);
                    }
                    peer.send(RawPeer.frame(0x80, Arrays.copyOfRange(plain, 100, plain.length)));
                    assertAnswer(message, peer, zlib);
                    peer.send(RawPeer.frame(COMPRESSED_TEXT, zlib.deflate(plain)));
                    assertAnswer(message, peer, zlib);
                }
                peer.send(RawPeer.frame(0x41, zlib.deflate("begins".getBytes(UTF_8))));
                peer.send(RawPeer.frame(0xC0, new byte[] {0}));
                assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            }
            return null;
        });
        Selectors.assertTheyRest();
    }

    private static void assertAnswer(String message, RawPeer peer, Zlib zlib) throws Exception {
        Frame answer = peer.readDataFrame();
        assertThat(answer.firstByte()).isEqualTo(COMPRESSED_TEXT);
        assertThat(zlib.inflate(answer.payload())).asString(UTF_8).isEqualTo(message);
    }

    private static void sendUntilRefused(RawPeer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException refused) {
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    private static byte[] repeated(byte[] piece, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(piece.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
