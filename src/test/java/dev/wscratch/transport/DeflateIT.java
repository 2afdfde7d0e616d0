package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Selectors;
import dev.wscratch.peer.Zlib;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression over the wire, against a peer that shares no code with the server but zlib. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class DeflateIT {
    private static final int COMPRESSED = 0x40;

    private final Scheme scheme;

    DeflateIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void plainAndCompressedMessagesAndPingsMixOnOneConnection(int workers) throws Exception {
        Random random = new Random(26);
        try (CompressingServer server = new CompressingServer(scheme, Limits.DEFAULT, workers);
                RawPeer peer = server.open("/deflate", CompressingServer.OFFER);
                Zlib zlib = new Zlib()) {
            for (int i = 0; i < 60; i++) {
                byte[] message = ("message " + i + " ")
                        .repeat(1 + random.nextInt(i < 50 ? 40 : 20_000))
                        .getBytes(UTF_8);
                boolean compressed = random.nextBoolean();
                byte[] payload = compressed ? zlib.deflate(message) : message;
                int first = RawPeer.TEXT | (compressed ? COMPRESSED : 0);
                if (i % 3 == 0) {
                    peer.send(RawPeer.frame(0x80 | first, payload));
                } else {
                    int cut = random.nextInt(payload.length);
                    peer.send(RawPeer.frame(first, Arrays.copyOf(payload, cut)));
                    peer.send(RawPeer.frame(0x89, new byte[] {(byte) i}));
                    peer.send(RawPeer.frame(0, new byte[0]));
                    peer.send(RawPeer.frame(0x80, Arrays.copyOfRange(payload, cut, payload.length)));
                    Frame pong = peer.readFrame();
                    assertThat(pong.firstByte()).isEqualTo(0x8A);
                    assertThat(pong.payload()).containsExactly(i);
                }
                assertThat(CompressingServer.read(peer, zlib)).isEqualTo(message);
            }
        }
    }

    @Test
    void fragmentsOfTheApplicationAreCompressedAsOneMessage() throws Exception {
        try (CompressingServer server = new CompressingServer(scheme);
                RawPeer peer = server.open("/parts", CompressingServer.OFFER + "; server_max_window_bits=9");
                Zlib zlib = new Zlib()) {
            for (int i = 0; i < 3; i++) {
                String message = "part " + i + " of many".repeat(100 * i);
                peer.send(RawPeer.frame(0xC1, zlib.deflate(message.getBytes(UTF_8))));
                assertThat(peer.readFrame().text()).isEqualTo("[permessage-deflate server_max_window_bits=9]");
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (int expected : new int[] {0x41, 0x00, 0x80}) {
                    Frame frame = peer.readFrame();
                    assertThat(frame.firstByte()).isEqualTo(expected);
                    all.writeBytes(frame.payload());
                }
                assertThat(new String(zlib.inflate(all.toByteArray()), UTF_8)).isEqualTo(message + message);
            }
        }
    }

    /** The RFC's examples: BFINAL = 1, two blocks, an empty message; and BFINAL = 1 without the block after it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            f2 48 cd c9 c9 07 00                         | Hello
            f3 48 cd c9 c9 07 00 00                      | Hello
            f3 48 cd c9 c9 07 00                         | Hello
            f2 48 05 00 00 00 ff ff ca c9 c9 07 00       | Hello
            00                                           | ''
            ''                                           | ''
            f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00 | HelloHello
            """)
    void unusualBlocksAreUnderstoodAndCostNothingAfterwards(String hex, String message) throws Exception {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (CompressingServer server = new CompressingServer(scheme);
                RawPeer peer = server.open("/deflate", CompressingServer.OFFER)) {
            for (int i = 0; i < 3; i++) {
                peer.send(RawPeer.frame(0xC1, payload));
                assertThat(peer.readFrame().text()).isEqualTo(message);
            }
            Selectors.assertTheyRest();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            c1 | f3 48 cd c9 c9 07 00 de ad be ef | 1007
            c1 | ff ff ff ff                      | 1007
            c1 | f2 48 cd c9                      | 1007
            c1 | f2 48 cd c9 c9 07 00 00 00 ff ff | 1007
            c1 | 00 01 00 fe ff c0 00             | 1007
            41 | f2 48                            | 1002
            c0 | f2 48                            | 1002
            c9 | 00                               | 1002
            a1 | 00                               | 1002
            """)
    void whatIsWrongIsRefusedAndCostsNothingAfterwards(String firstByte, String hex, int code) throws Exception {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (CompressingServer server = new CompressingServer(scheme);
                RawPeer peer = server.open("/deflate", CompressingServer.OFFER)) {
            peer.send(RawPeer.frame(Integer.parseInt(firstByte, 16), payload));
            if (firstByte.equals("41")) {
                peer.send(RawPeer.frame(0xC0, payload));
            }
            assertThat(peer.readClose().closeCode()).isEqualTo(code);
            Selectors.assertTheyRest();
        }
    }

    @Test
    void aMessageOfExactlyTheLimitPassesCompressedOrNot() throws Exception {
        byte[] noise = new byte[CompressingServer.LIMIT];
        new Random(9).nextBytes(noise);
        byte[] zeros = new byte[CompressingServer.LIMIT];
        try (CompressingServer server = new CompressingServer(scheme);
                RawPeer peer = server.open("/deflate", CompressingServer.OFFER);
                Zlib zlib = new Zlib()) {
            for (byte[] message : List.of(noise, zeros)) {
                peer.send(RawPeer.frame(0xC2, zlib.deflate(message)));
                assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
                peer.send(RawPeer.frame(0x82, message));
                assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
            }
            peer.send(RawPeer.header(0x82, CompressingServer.LIMIT + 1));
            assertThat(peer.readClose().closeCode()).isEqualTo(1009);
        }
    }
}
