package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.DeflateDistances;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Zlib;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /deflate} for a client with a small window, which looks into every block how far back it refers. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeflateWindowIT {
    private static final List<Integer> SIZES = List.of(0, 1, 125, 126, 65_535, 65_536, 1 << 20, 16 << 20);

    @ParameterizedTest
    @CsvSource({"9, true", "9, false", "15, true"})
    void everySizeComesBackEqualAndNothingRefersBackFartherThanTheWindow(int windowBits, boolean takeover)
            throws Exception {
        String parameters = (takeover ? "" : "; server_no_context_takeover; client_no_context_takeover")
                + "; server_max_window_bits=" + windowBits;
        Random random = new Random(windowBits);
        DeflateDistances distances = new DeflateDistances();
        try (WscratchServer server =
                        WscratchServer.builder().port(0).maxMessage(16 << 20).start();
                RawPeer peer = RawPeer.connect(server.port());
                Zlib zlib = new Zlib(takeover)) {
            assertThat(peer.handshake("/deflate", "Sec-WebSocket-Extensions: permessage-deflate" + parameters))
                    .contains("permessage-deflate" + parameters + "\r\n");
            for (int size : SIZES) {
                for (byte[] message : List.of(words(random, size), noise(random, size))) {
                    assertEcho(RawPeer.BINARY, message, peer, zlib, distances);
                }
                for (byte[] message : List.of(words(random, size), letters(random, size))) {
                    assertEcho(RawPeer.TEXT, message, peer, zlib, distances);
                }
            }
        }
        assertThat(distances.longest()).isBetween(1 << (windowBits - 1), 1 << windowBits);
    }

    private static void assertEcho(int opcode, byte[] message, RawPeer peer, Zlib zlib, DeflateDistances distances)
            throws Exception {
        peer.send(RawPeer.frame(0xC0 | opcode, zlib.deflate(message)));
        Frame frame = peer.readDataFrame();
        assertThat(frame.firstByte() & 0xBF).isEqualTo(0x80 | opcode);
        boolean compressed = (frame.firstByte() & 0x40) != 0;
        assertThat(compressed ? zlib.inflate(frame.payload()) : frame.payload())
                .as("%d bytes", message.length)
                .isEqualTo(message);
        if (compressed) {
            distances.read(frame.payload());
        }
    }

    /** Repeats itself from near and from far. */
    private static byte[] words(Random random, int size) {
        byte[] bytes = letters(random, size);
        for (int at = 1; at < size; ) {
            int distance = 1 + random.nextInt(Math.min(at, random.nextBoolean() ? 300 : 40_000));
            int end = Math.min(size, at + 3 + random.nextInt(60));
            for (; at < end; at++) {
                bytes[at] = bytes[at - distance];
            }
            at += random.nextInt(4);
        }
        return bytes;
    }

    private static byte[] letters(Random random, int size) {
        byte[] alphabet = "abcdefghijklmnopqrstuvwxyz0123456789 {}[]\":,".getBytes(UTF_8);
        byte[] bytes = noise(random, size);
        for (int i = 0; i < size; i++) {
            bytes[i] = alphabet[(bytes[i] & 0xFF) % alphabet.length];
        }
        return bytes;
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
