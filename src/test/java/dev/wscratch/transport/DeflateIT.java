package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.endpoint.Deflate;
import dev.wscratch.endpoint.Deployment;
import dev.wscratch.endpoint.Echo;
import dev.wscratch.endpoint.SeedEcho;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Scheme;
import dev.wscratch.wire.OriginPolicy;
import jakarta.websocket.Extension;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
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
    private static final int LIMIT = 1 << 20;
    private static final int COMPRESSED = 0x40;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    /** Says nothing about extensions. */
    @ServerEndpoint("/silent")
    public static class Silent {
        @OnMessage
        public String onMessage(String message) {
            return message;
        }
    }

    /** Builds itself, unlike the endpoints that are given a deployment. */
    public static class Asking extends jakarta.websocket.server.ServerEndpointConfig.Configurator {
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return requested;
        }
    }

    /** Answers in three fragments, the middle one empty, and before them with what it was told about extensions. */
    @ServerEndpoint(value = "/parts", configurator = Asking.class)
    public static class Parts {
        @OnMessage
        public void onMessage(String message, Session session) throws IOException {
            session.getBasicRemote()
                    .sendText(session.getNegotiatedExtensions().stream()
                            .map(extension -> extension.getName()
                                    + extension.getParameters().stream()
                                            .map(parameter -> " " + parameter.getName() + "=" + parameter.getValue())
                                            .collect(Collectors.joining()))
                            .toList()
                            .toString());
            session.getBasicRemote().sendText(message, false);
            session.getBasicRemote().sendText("", false);
            session.getBasicRemote().sendText(message, true);
        }
    }

    private final Scheme scheme;

    DeflateIT(Scheme scheme) {
        this.scheme = scheme;
    }

    private int port(WebSocketTransport transport) {
        return scheme == Scheme.WS ? transport.port() : transport.tlsPort();
    }

    private WebSocketTransport start(Limits limits, int workers) throws Exception {
        TransportSettings settings = new TransportSettings(
                "127.0.0.1",
                scheme == Scheme.WS ? 0 : -1,
                scheme == Scheme.WS ? null : Scheme.tls(),
                limits,
                Deadlines.DEFAULT,
                OriginPolicy.SAME_ORIGIN,
                TrustedProxies.NONE,
                workers);
        return new Deployment(limits.maxMessage())
                .whileStarting(() -> WebSocketTransport.start(
                        settings,
                        List.of(SeedEcho.class, Echo.class, Deflate.class, Silent.class, Parts.class),
                        head -> HttpResponse.text(404, "not found"),
                        Hooks.NONE));
    }

    private WebSocketTransport start() throws Exception {
        return start(Limits.DEFAULT.withMaxMessage(LIMIT), 0);
    }

    private RawPeer open(WebSocketTransport transport, String path, String... offers) throws IOException {
        RawPeer peer = scheme.connect(port(transport));
        assertThat(peer.handshake(path, offers)).startsWith("HTTP/1.1 101 ");
        return peer;
    }

    private String answered(WebSocketTransport transport, String path, String... offers) throws IOException {
        try (RawPeer peer = scheme.connect(port(transport))) {
            return peer.handshake(path, offers)
                    .lines()
                    .filter(line -> line.startsWith("Sec-WebSocket-Extensions: "))
                    .map(line -> line.substring(26))
                    .collect(Collectors.joining(" and "));
        }
    }

    /** A client's half of the compression, with context takeover. */
    private static final class Zlib implements AutoCloseable {
        private final Deflater deflater = new Deflater(9, true);
        private final Inflater inflater = new Inflater(true);

        byte[] deflate(byte[] message) {
            deflater.setInput(message);
            byte[] out = new byte[message.length + message.length / 8 + 100];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - 4);
        }

        byte[] inflate(byte[] payload) throws Exception {
            byte[] whole = Arrays.copyOf(payload, payload.length + 4);
            whole[payload.length + 2] = whole[payload.length + 3] = (byte) 0xFF;
            inflater.setInput(whole);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] chunk = new byte[8192];
            for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
                message.write(chunk, 0, n);
            }
            return message.toByteArray();
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate                                      | permessage-deflate
            permessage-deflate; client_max_window_bits              | permessage-deflate
            permessage-deflate; client_max_window_bits=8            | permessage-deflate
            permessage-deflate; server_max_window_bits=8            | permessage-deflate; server_max_window_bits=8
            permessage-deflate; server_max_window_bits="10"         | permessage-deflate; server_max_window_bits=10
            permessage-deflate; server_no_context_takeover; client_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover
            permessage-deflate; server_max_window_bits=7            |
            permessage-deflate; server_max_window_bits=16           |
            permessage-deflate; server_max_window_bits              |
            permessage-deflate; client_max_window_bits=16           |
            permessage-deflate; server_no_context_takeover=1        |
            permessage-deflate; unknown                             |
            permessage-deflate; server_no_context_takeover; server_no_context_takeover |
            permessage-deflate; unknown, permessage-deflate; server_max_window_bits=9 | permessage-deflate; server_max_window_bits=9
            x-other                                                 |
            """)
    void theHandshakeAnswersEachOffer(String offer, String answer) throws Exception {
        try (WebSocketTransport transport = start()) {
            assertThat(answered(transport, "/deflate", "Sec-WebSocket-Extensions: " + offer))
                    .isEqualTo(answer == null ? "" : answer);
            assertThat(answered(transport, "/deflate")).isEmpty();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> transport.deflate().reserved() == 0);
        }
    }

    @Test
    void offersOnSeveralLinesAreOneList() throws Exception {
        try (WebSocketTransport transport = start()) {
            assertThat(answered(
                            transport,
                            "/deflate",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=11"))
                    .isEqualTo("permessage-deflate; server_max_window_bits=11");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/echo", "/silent"})
    void anEndpointThatDoesNotAskStaysPlain(String path) throws Exception {
        try (WebSocketTransport transport = start()) {
            assertThat(answered(transport, path, OFFER)).isEmpty();
            assertThat(transport.deflate().connections()).isZero();
            try (RawPeer peer = open(transport, path, OFFER)) {
                peer.sendHex("c1 80 00 00 00 00");
                assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void plainAndCompressedMessagesAndPingsMixOnOneConnection(int workers) throws Exception {
        Random random = new Random(26);
        try (WebSocketTransport transport = start(Limits.DEFAULT, workers);
                RawPeer peer = open(transport, "/deflate", OFFER);
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
                assertThat(read(peer, zlib)).isEqualTo(message);
            }
        }
    }

    /** One message, which must be compressed if, and only if, it is long. */
    private static byte[] read(RawPeer peer, Zlib zlib) throws Exception {
        Frame frame = peer.readFrame();
        assertThat(frame.firstByte() & 0xBF).isEqualTo(0x81);
        boolean compressed = (frame.firstByte() & COMPRESSED) != 0;
        byte[] message = compressed ? zlib.inflate(frame.payload()) : frame.payload();
        assertThat(compressed).isEqualTo(message.length >= Compression.THRESHOLD);
        return message;
    }

    @Test
    void fragmentsOfTheApplicationAreCompressedAsOneMessage() throws Exception {
        try (WebSocketTransport transport = start();
                RawPeer peer = open(transport, "/parts", OFFER + "; server_max_window_bits=9");
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

    @Test
    void anEndpointIsToldOfNoExtensionWhenTheOfferWasDeclined() throws Exception {
        try (WebSocketTransport transport = start();
                RawPeer peer = open(transport, "/parts", OFFER + "; server_max_window_bits=99")) {
            peer.sendText("x");
            assertThat(peer.readFrame().text()).isEqualTo("[]");
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
        try (WebSocketTransport transport = start();
                RawPeer peer = open(transport, "/deflate", OFFER)) {
            for (int i = 0; i < 3; i++) {
                peer.send(RawPeer.frame(0xC1, payload));
                assertThat(peer.readFrame().text()).isEqualTo(message);
            }
            assertTheSelectorsRest();
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
        try (WebSocketTransport transport = start();
                RawPeer peer = open(transport, "/deflate", OFFER)) {
            peer.send(RawPeer.frame(Integer.parseInt(firstByte, 16), payload));
            if (firstByte.equals("41")) {
                peer.send(RawPeer.frame(0xC0, payload));
            }
            assertThat(peer.readClose().closeCode()).isEqualTo(code);
            assertTheSelectorsRest();
        }
    }

    /** A kilobyte for each mebibyte: no distance goes back over a full flush, so the same bytes can follow each other. */
    private static byte[] bomb(int mebibytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] one = new byte[4096];
        int length = deflater.deflate(one, 0, one.length, Deflater.FULL_FLUSH);
        deflater.end();
        byte[] all = new byte[length * mebibytes + 1];
        for (int i = 0; i < mebibytes; i++) {
            System.arraycopy(one, 0, all, i * length, length);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4000})
    void aBombIsDefusedWithinTheLimitHoweverItIsCut(int fragments) throws Exception {
        byte[] bomb = bomb(1024);
        assertThat(bomb.length).isBetween(1_000_000, 1_200_000);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (WebSocketTransport transport = start()) {
            long allocated = 0;
            for (int round = 0; round < 3; round++) {
                try (RawPeer peer = open(transport, "/deflate", OFFER)) {
                    peer.sendText("warm");
                    assertThat(peer.readFrame().text()).isEqualTo("warm");
                    long before =
                            selectors().map(threads::getThreadAllocatedBytes).sum();
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
                    allocated =
                            selectors().map(threads::getThreadAllocatedBytes).sum() - before;
                    assertThat(close.closeCode()).isEqualTo(1009);
                    assertThat(close.closeReason()).contains("at most 1048576 bytes");
                }
            }
            // In one frame nothing reaches Tyrus. What came in whole fragments has, and Tyrus keeps copies.
            long tls = scheme == Scheme.WS ? 0 : 6_000L * fragments; // The JDK's, for each record.
            assertThat(allocated).isLessThan(tls + (fragments == 1 ? LIMIT + (64 << 10) : 6L * LIMIT));
        }
    }

    @Test
    void aMessageOfExactlyTheLimitPassesCompressedOrNot() throws Exception {
        byte[] noise = new byte[LIMIT];
        new Random(9).nextBytes(noise);
        byte[] zeros = new byte[LIMIT];
        try (WebSocketTransport transport = start();
                RawPeer peer = open(transport, "/deflate", OFFER);
                Zlib zlib = new Zlib()) {
            for (byte[] message : List.of(noise, zeros)) {
                peer.send(RawPeer.frame(0xC2, zlib.deflate(message)));
                assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
                peer.send(RawPeer.frame(0x82, message));
                assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
            }
            peer.send(RawPeer.header(0x82, LIMIT + 1));
            assertThat(peer.readClose().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void allMemoryIsGivenBackHoweverAConnectionEnds() throws Exception {
        try (WebSocketTransport transport = start()) {
            List<RawPeer> peers = new ArrayList<>();
            byte[] message = "some text ".repeat(50).getBytes(UTF_8);
            for (int i = 0; i < 120; i++) {
                RawPeer peer = open(transport, "/deflate", OFFER);
                peers.add(peer);
                try (Zlib zlib = new Zlib()) {
                    peer.send(RawPeer.frame(0xC1, zlib.deflate(message)));
                    assertThat(read(peer, zlib)).isEqualTo(message);
                }
            }
            assertThat(transport.deflate().connections()).isEqualTo(120);
            assertThat(transport.deflate().reserved())
                    .isEqualTo(120L * (DeflateBudget.INFLATER_BYTES + DeflateBudget.DEFLATER_BYTES));
            assertThat(transport.deflate().contexts()).isEqualTo(240);
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
                assertThat(transport.deflate().connections()).isZero();
                assertThat(transport.deflate().reserved()).isZero();
                assertThat(transport.deflate().contexts()).isZero();
            });
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void aStopGivesAllMemoryBack() throws Exception {
        WebSocketTransport transport = start();
        try (RawPeer peer = open(transport, "/deflate", OFFER);
                Zlib zlib = new Zlib()) {
            byte[] message = new byte[1000];
            peer.send(RawPeer.frame(0xC2, zlib.deflate(message)));
            assertThat(zlib.inflate(peer.readFrame().payload())).isEqualTo(message);
            Thread stop = new Thread(transport::close);
            stop.start();
            assertThat(peer.readClose().closeCode()).isEqualTo(1001);
            peer.sendClose(1001, "");
            stop.join();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> transport.deflate().reserved() == 0
                        && transport.deflate().contexts() == 0);
    }

    @Test
    void whenMemoryRunsShortMessagesStandAloneAndThenOffersAreDeclined() throws Exception {
        // Half of it for one with context takeover; of the rest all but one without.
        int linked = DeflateBudget.INFLATER_BYTES + DeflateBudget.DEFLATER_BYTES;
        long room = 2L * linked;
        try (WebSocketTransport transport = start(Limits.DEFAULT.withDeflateMemory(room), 0)) {
            String head;
            try (RawPeer full = scheme.connect(port(transport));
                    RawPeer frugal = scheme.connect(port(transport));
                    RawPeer plain = scheme.connect(port(transport))) {
                assertThat(full.handshake("/deflate", OFFER)).contains("Extensions: permessage-deflate\r\n");
                assertThat(frugal.handshake("/deflate", OFFER))
                        .contains("Extensions: permessage-deflate; server_no_context_takeover;"
                                + " client_no_context_takeover\r\n");
                List<DeflateBudget.Reservation> others = new ArrayList<>();
                for (int left = linked / DeflateBudget.INFLATER_BYTES - 1; left > 0; left--) {
                    others.add(transport
                            .deflate()
                            .reserve(List.of(new dev.wscratch.wire.Extension("permessage-deflate", List.of()))));
                }
                assertThat(others).doesNotContainNull();
                head = plain.handshake("/deflate", OFFER);
                others.forEach(DeflateBudget.Reservation::release);
                assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContain("Extensions");
                plain.sendText("still here");
                assertThat(plain.readFrame().text()).isEqualTo("still here");
                try (Zlib zlib = new Zlib()) {
                    frugal.send(RawPeer.frame(0xC2, zlib.deflate(new byte[500])));
                    assertThat(zlib.inflate(frugal.readFrame().payload())).isEqualTo(new byte[500]);
                    assertThat(transport.deflate().contexts()).isZero();
                }
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> transport.deflate().reserved() == 0);
            assertThat(answered(transport, "/deflate", OFFER)).isEqualTo("permessage-deflate");
        }
    }

    private static void assertTheSelectorsRest() {
        long before = selectors()
                .map(id -> ManagementFactory.getThreadMXBean().getThreadCpuTime(id))
                .sum();
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(() -> {
            long now = selectors()
                    .map(id -> ManagementFactory.getThreadMXBean().getThreadCpuTime(id))
                    .sum();
            return now - before < Duration.ofMillis(200).toNanos();
        });
    }

    private static LongStream selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wscratch-selector"))
                .mapToLong(Thread::getId);
    }
}
