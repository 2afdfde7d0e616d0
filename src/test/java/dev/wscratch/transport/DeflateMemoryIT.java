package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Selectors;
import dev.wscratch.peer.Zlib;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What compression may take, and that all of it is given back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class DeflateMemoryIT {
    private final Scheme scheme;

    DeflateMemoryIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4000})
    void aBombIsDefusedWithinTheLimitHoweverItIsCut(int fragments) throws Exception {
        byte[] bomb = Zlib.bomb(1024);
        assertThat(bomb.length).isBetween(1_000_000, 1_200_000);
        try (CompressingServer server = new CompressingServer(scheme)) {
            long allocated = 0;
            for (int round = 0; round < 3; round++) {
                try (RawPeer peer = server.open("/deflate", CompressingServer.OFFER)) {
                    peer.sendText("warm");
                    assertThat(peer.readFrame().text()).isEqualTo("warm");
                    long before = Selectors.allocatedBytes();
                    int piece = bomb.length / fragments + 1;
                    for (int at = 0; at < bomb.length; at += piece) {
                        int to = Math.min(bomb.length, at + piece);
                        int first = (at == 0 ? 0x42 : 0) | (to == bomb.length ? 0x80 : 0);
                        try {
                            peer.send(RawPeer.frame(first, Arrays.copyOfRange(bomb, at, to)));
                        } catch (IOException e) {
                            break; // The server has said enough.
                        }
                    }
                    Frame close = peer.readClose();
                    allocated = Selectors.allocatedBytes() - before;
                    assertThat(close.closeCode()).isEqualTo(1009);
                    assertThat(close.closeReason()).contains("at most 1048576 bytes");
                }
            }
            // In one frame nothing reaches Tyrus. What came in whole fragments has, and Tyrus keeps copies.
            // The JDK's own: it copies each record, also those that come after the Close frame.
            long tls = scheme == Scheme.WS ? 0 : 3L * bomb.length + 6_000L * fragments;
            assertThat(allocated)
                    .isLessThan(tls
                            + (fragments == 1 ? CompressingServer.LIMIT + (64 << 10) : 6L * CompressingServer.LIMIT));
        }
    }

    @Test
    void allMemoryIsGivenBackHoweverAConnectionEnds() throws Exception {
        try (CompressingServer server = new CompressingServer(scheme)) {
            List<RawPeer> peers = new ArrayList<>();
            byte[] message = "some text ".repeat(50).getBytes(UTF_8);
            for (int i = 0; i < 120; i++) {
                RawPeer peer = server.open("/deflate", CompressingServer.OFFER);
                peers.add(peer);
                try (Zlib zlib = new Zlib()) {
                    peer.send(RawPeer.frame(0xC1, zlib.deflate(message)));
                    assertThat(CompressingServer.read(peer, zlib)).isEqualTo(message);
                }
            }
            assertThat(server.budget().connections()).isEqualTo(120);
            assertThat(server.budget().reservedBytes())
                    .isEqualTo(120L * (DeflateBudget.INFLATER_BYTES + DeflateBudget.DEFLATER_BYTES));
            assertThat(server.budget().heldBytes()).isEqualTo(server.budget().reservedBytes());
            for (int i = 0; i < 120; i++) {
                RawPeer peer = peers.get(i);
                switch (i % 4) {
                    case 0 -> peer.sendClose(1000, "");
                    case 1 -> peer.reset();
                    case 2 -> peer.send(RawPeer.frame(0xC1, new byte[] {-1, -1, -1}));
                    default -> peer.close();
                }
                if (i % 4 == 2) {
                    assertThat(peer.readClose().closeCode()).isEqualTo(1007);
                    peer.close();
                }
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(server.budget().connections()).isZero();
                assertThat(server.budget().reservedBytes()).isZero();
                assertThat(server.budget().heldBytes()).isZero();
            });
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void aStopGivesAllMemoryBack() throws Exception {
        CompressingServer server = new CompressingServer(scheme);
        try (RawPeer peer = server.open("/deflate", CompressingServer.OFFER);
                Zlib zlib = new Zlib()) {
            byte[] message = new byte[1000];
            peer.send(RawPeer.frame(0xC2, zlib.deflate(message)));
            assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
            Thread stop = new Thread(server::close);
            stop.start();
            assertThat(peer.readClose().closeCode()).isEqualTo(1001);
            peer.sendClose(1001, "");
            stop.join();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        server.budget().reservedBytes() == 0 && server.budget().heldBytes() == 0);
    }

    @Test
    void whenMemoryRunsShortMessagesStandAloneAndThenOffersAreDeclined() throws Exception {
        // Half of it for one with context takeover; of the rest all but one without.
        int linked = DeflateBudget.INFLATER_BYTES + DeflateBudget.DEFLATER_BYTES;
        long room = 2L * linked;
        try (CompressingServer server = new CompressingServer(scheme, Limits.DEFAULT.withDeflateMemory(room), 0)) {
            String head;
            try (RawPeer full = server.connect();
                    RawPeer frugal = server.connect();
                    RawPeer plain = server.connect()) {
                assertThat(full.handshake("/deflate", CompressingServer.OFFER))
                        .contains("Extensions: permessage-deflate\r\n");
                assertThat(frugal.handshake("/deflate", CompressingServer.OFFER))
                        .contains("Extensions: permessage-deflate; server_no_context_takeover;"
                                + " client_no_context_takeover\r\n");
                List<DeflateBudget.Reservation> others = new ArrayList<>();
                for (int left = linked / DeflateBudget.INFLATER_BYTES - 1; left > 0; left--) {
                    others.add(server.budget()
                            .reserve(List.of(new dev.wscratch.wire.Extension("permessage-deflate", List.of()))));
                }
                assertThat(others).doesNotContainNull();
                head = plain.handshake("/deflate", CompressingServer.OFFER);
                others.forEach(DeflateBudget.Reservation::release);
                assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContain("Extensions");
                plain.sendText("still here");
                assertThat(plain.readFrame().text()).isEqualTo("still here");
                try (Zlib zlib = new Zlib()) {
                    frugal.send(RawPeer.frame(0xC2, zlib.deflate(new byte[500])));
                    assertThat(zlib.inflate(frugal.readFrame().payload())).isEqualTo(new byte[500]);
                    assertThat(server.budget().heldBytes()).isZero();
                }
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> server.budget().reservedBytes() == 0);
            assertThat(server.answered("/deflate", CompressingServer.OFFER)).isEqualTo("permessage-deflate");
        }
    }
}
