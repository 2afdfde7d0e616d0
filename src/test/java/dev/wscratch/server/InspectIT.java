package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Zlib;
import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The inspector of the standalone home, as a page meets it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Scheme.class)
class InspectIT {
    private static WscratchServer server;

    private final Scheme scheme;

    InspectIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @BeforeParameterizedClassInvocation
    static void start(Scheme scheme) throws Exception {
        server = scheme.listening(WscratchServer.builder())
                .faults(true)
                .inspector(true)
                .start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    private LabPage watch() throws IOException {
        return LabPage.watch(scheme, scheme.port(server));
    }

    private RawPeer connect() throws IOException {
        return scheme.connect(scheme.port(server));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static void assertFrame(Map<String, Object> event, long number, String from, byte[] bytes) {
        assertThat(event).containsEntry("event", "frame").containsEntry("number", number);
        assertThat(event).containsEntry("from", from).containsEntry("length", (long) bytes.length);
        assertThat(LabPage.bytes(event, "bytes")).isEqualTo(bytes);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void aPageSeesTheHandshakeEachFrameAndTheEndOfItsConnection() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            String answer = peer.handshake(page.marked("/echo", 7));
            peer.sendText("Hello");
            assertThat(peer.readFrame().text()).isEqualTo("Hello");
            peer.sendClose(1000, "bye");
            peer.readClose();
            assertThat(peer.readsEnd()).isTrue();
            List<Map<String, Object>> events = page.eventsUntilEnd();
            String request = RawPeer.request(scheme.port(server), page.marked("/echo", 7));
            assertThat(events).hasSize(7).allSatisfy(event -> assertThat(event).containsEntry("connection", 7L));
            assertThat(new String(LabPage.bytes(events.get(0), "request"), ISO_8859_1))
                    .isEqualTo(request);
            assertThat(events.get(0))
                    .containsEntry("event", "handshake")
                    .containsEntry("length", (long) request.length())
                    .containsEntry("partner", false)
                    .containsEntry("secure", scheme == Scheme.WSS);
            assertThat(events.get(1)).containsEntry("event", "answer");
            assertThat(new String(LabPage.bytes(events.get(1), "response"), ISO_8859_1))
                    .isEqualTo(answer);
            assertFrame(events.get(2), 1, "client", RawPeer.frame(0x81, "Hello".getBytes(UTF_8)));
            assertFrame(events.get(3), 2, "server", hex("810548656c6c6f"));
            assertFrame(events.get(4), 3, "client", RawPeer.frame(0x88, hex("03e8627965")));
            assertFrame(events.get(5), 4, "server", hex("880503e8627965"));
            assertThat(events.get(6))
                    .containsEntry("framesFromClient", 2L)
                    .containsEntry("framesFromServer", 2L)
                    .containsEntry("bytesFromClient", request.length() + 11L + 11L)
                    .containsEntry("bytesFromServer", answer.length() + 7L + 7L);
            assertThat(events.get(6).get("cause"))
                    .isIn(
                            "the server ended TCP after both Close frames",
                            "the client ended TCP (FIN) after both Close frames",
                            "the client ended TLS (close_notify) after both Close frames");
        }
    }

    @Test
    void timesAreMicrosecondsOfTodayAndNeverGoBack() throws Exception {
        long before = System.currentTimeMillis() * 1000;
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            peer.handshake(page.marked("/echo", 1));
            for (int i = 0; i < 20; i++) {
                peer.sendText("Hello");
                peer.readFrame();
            }
            long last = before;
            for (int i = 0; i < 42; i++) {
                long at = (Long) page.event().get("at");
                assertThat(at).isBetween(last, System.currentTimeMillis() * 1000 + 1_000_000);
                last = at;
            }
        }
    }

    @Test
    void aPageIsToldWhatTheServerCanDo() throws Exception {
        try (LabPage page = LabPage.connect(scheme, scheme.port(server))) {
            // "development" where the classes are not in a jar yet.
            assertThat(page.watch())
                    .hasEntrySatisfying("version", version -> assertThat((String) version)
                            .matches("development|\\d+\\.\\d+\\.\\d+.*"))
                    .containsEntry("frames", true)
                    .containsEntry("maxMessage", 1048576L)
                    .containsEntry("payload", 16384L)
                    .containsEntry("faults", true)
                    .containsEntry("tls", scheme == Scheme.WSS ? (long) server.tlsPort() : null)
                    .containsEntry("controlRate", 100L);
        }
    }

    @Test
    void aRefusedHandshakeIsSeen() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            String answer = peer.handshake(page.marked("/nowhere", 1));
            assertThat(answer).startsWith("HTTP/1.1 404 ");
            String all = answer + new String(peer.readRest(), ISO_8859_1);
            assertThat(page.event()).containsEntry("event", "handshake");
            Map<String, Object> event = page.event();
            assertThat(new String(LabPage.bytes(event, "response"), ISO_8859_1)).isEqualTo(all);
        }
    }

    /** Or any site could have its visitors' browsers show their cookies for this server to it: it chooses the lab. */
    @Test
    void aStrangersHandshakeIsNotSeen() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect();
                RawPeer own = connect()) {
            assertThat(peer.handshake(page.marked("/echo", 1), "Origin: http://evil.test", "Cookie: id=1"))
                    .startsWith("HTTP/1.1 403 ");
            peer.readRest();
            own.handshake(page.marked("/echo", 2), "Cookie: id=1");
            Map<String, Object> event = page.event();
            assertThat(event).containsEntry("connection", 2L);
            assertThat(new String(LabPage.bytes(event, "request"), ISO_8859_1)).contains("\r\nCookie: ****\r\n");
        }
    }

    @Test
    void aPartnerIsShownAsAStranger() throws Exception {
        try (WscratchServer plain =
                        WscratchServer.builder().port(0).inspector(true).start();
                LabPage page = LabPage.watch(Scheme.WS, plain.port())) {
            page.say("{\"type\":\"raw\",\"id\":1,\"connection\":1,\"path\":\"/echo\",\"bytes\":\"\","
                    + "\"headers\":[[\"Origin\",\"http://evil.test\"]]}");
            assertThat(page.event()).containsEntry("partner", true);
            assertThat(new String(LabPage.bytes(page.event(), "response"), ISO_8859_1))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void aFaultIsSeenAsItWasSentAndWithTheRuleItBreaks() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            assertThat(peer.handshake(page.marked("/fault/masked", 3))).startsWith("HTTP/1.1 101 ");
            assertThat(page.event()).containsEntry("event", "handshake");
            assertThat(page.event()).containsEntry("event", "answer");
            Map<String, Object> frame = page.event();
            assertThat(frame).containsEntry("broken", "MASK_FORBIDDEN").containsEntry("from", "server");
            assertThat(LabPage.bytes(frame, "bytes")[1] & 0x80).isEqualTo(0x80);
        }
    }

    @Test
    void whatIsNoHttpIsSeenAsBytes() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            peer.handshake(page.marked("/fault/not-http", 3));
            assertThat(page.event()).containsEntry("event", "handshake");
            Map<String, Object> event = page.event();
            assertThat(event).containsEntry("event", "bytes").containsEntry("from", "server");
            assertThat(new String(LabPage.bytes(event, "bytes"), UTF_8)).isEqualTo("SSH-2.0-wscratch\r\n\r\n");
        }
    }

    @Test
    void aCompressedMessageIsSeenAsItTravelsAndInflated() throws Exception {
        byte[] message = "some text ".repeat(20).getBytes(UTF_8);
        try (LabPage page = watch();
                Zlib zlib = new Zlib();
                RawPeer peer = connect()) {
            peer.handshake(page.marked("/deflate", 2), "Sec-WebSocket-Extensions: permessage-deflate");
            byte[] sent = RawPeer.frame(0xC1, zlib.deflate(message));
            peer.send(sent);
            peer.readFrame();
            page.event();
            page.event();
            Map<String, Object> frame = page.event();
            assertFrame(frame, 1, "client", sent);
            assertThat(LabPage.bytes(frame, "inflated")).isEqualTo(message);
            Map<String, Object> answer = page.event();
            assertThat(LabPage.bytes(answer, "inflated")).isEqualTo(message);
            assertThat(answer).containsEntry("inflatedLength", 200L).containsEntry("from", "server");
        }
    }

    @Test
    void aLargePayloadIsCutAndItsLengthTrue() throws Exception {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            peer.handshake(page.marked("/echo", 2));
            peer.send(RawPeer.frame(0x81, large));
            peer.readFrame();
            page.event();
            page.event();
            Map<String, Object> frame = page.event();
            assertThat(frame).containsEntry("length", 100_014L).doesNotContainKey("broken");
            assertThat(LabPage.bytes(frame, "bytes")).hasSize(14 + 16384);
            assertThat(LabPage.bytes(page.event(), "bytes")).hasSize(10 + 16384);
        }
    }

    @Test
    void aPageSeesNothingOfAnotherLab() throws Exception {
        try (LabPage mine = watch();
                LabPage other = watch();
                RawPeer peer = connect();
                RawPeer unmarked = connect()) {
            unmarked.handshake("/echo");
            unmarked.sendText("nobody's");
            unmarked.readFrame();
            peer.handshake(other.marked("/echo", 1));
            peer.sendText("theirs");
            peer.readFrame();
            assertThat(other.event()).containsEntry("event", "handshake");
            // Answers come in order with events: had there been any, they would have come first.
            mine.say("{\"type\":\"ping\",\"id\":5,\"connection\":1,\"payload\":\"\"}");
            assertThat(mine.answer())
                    .containsEntry("code", "unknown-connection")
                    .containsEntry("id", 5L);
            try (RawPeer own = connect()) {
                own.handshake(mine.marked("/echo", 9));
                assertThat(mine.event()).containsEntry("connection", 9L);
            }
        }
    }

    @Test
    void aPageThatNeverReadsHoldsUpNeitherTheConnectionThatItWatchesNorAnotherPage() throws Exception {
        byte[] message = new byte[16 << 10];
        Arrays.fill(message, (byte) 'x');
        int messages = 1500;
        // By default a page that takes nothing for 10 s is closed.
        Deadlines patient = deadlines(Duration.ofSeconds(60), Deadlines.DEFAULT.close());
        try (WscratchServer waiting = scheme.listening(WscratchServer.builder())
                        .inspector(true)
                        .deadlines(patient)
                        .start();
                LabPage page = LabPage.watch(scheme, scheme.port(waiting));
                RawPeer peer = scheme.connect(scheme.port(waiting))) {
            peer.handshake(page.marked("/echo", 1));
            for (int i = 0; i < messages; i++) {
                peer.send(RawPeer.frame(0x82, message));
                assertThat(peer.readFrame().payload()).hasSize(message.length);
            }
            peer.sendClose(1000, "");
            peer.readClose();
            try (LabPage other = LabPage.watch(scheme, scheme.port(waiting));
                    RawPeer own = scheme.connect(scheme.port(waiting))) {
                own.handshake(other.marked("/echo", 2));
                assertThat(other.event()).containsEntry("connection", 2L);
            }
            long frames = 0;
            long lost = 0;
            for (Map<String, Object> event : page.eventsUntilEnd()) {
                frames += "frame".equals(event.get("event")) ? 1 : 0;
                lost += "lost".equals(event.get("event")) ? (Long) event.get("frames") : 0;
            }
            assertThat(lost).isPositive();
            assertThat(frames + lost).isEqualTo(2L * messages + 2);
        }
    }

    private static Deadlines deadlines(Duration write, Duration close) {
        Deadlines usual = Deadlines.DEFAULT;
        return new Deadlines(
                usual.handshake(),
                usual.frame(),
                write,
                close,
                usual.drain(),
                usual.spread(),
                usual.pingInterval(),
                usual.idle());
    }

    @Test
    void theEndSaysWhichClockRanOut() throws Exception {
        try (WscratchServer quick = scheme.listening(WscratchServer.builder())
                        .inspector(true)
                        .deadlines(deadlines(Duration.ofSeconds(10), Duration.ofMillis(200)))
                        .start();
                LabPage page = LabPage.watch(scheme, scheme.port(quick));
                RawPeer peer = scheme.connect(scheme.port(quick))) {
            peer.handshake(page.marked("/echo", 1));
            page.say("{\"type\":\"close\",\"id\":1,\"connection\":1,\"code\":1001,\"reason\":\"\"}");
            assertThat(page.answer()).containsEntry("type", "done");
            List<Map<String, Object>> events = page.eventsUntilEnd();
            assertThat(events.get(events.size() - 1))
                    .containsEntry("cause", "the server reset TCP (RST): no end to the closing handshake within 0.2 s");
        }
    }

    @Test
    void theInspectorIsNotWatchedItself() throws Exception {
        try (LabPage page = watch();
                RawPeer inspector = connect();
                RawPeer encoded = connect();
                RawPeer peer = connect()) {
            assertThat(inspector.handshake(page.marked("/inspect", 1))).startsWith("HTTP/1.1 101 ");
            encoded.handshake(page.marked("/%69nspect", 2));
            peer.handshake(page.marked("/echo", 3));
            assertThat(page.event()).containsEntry("connection", 3L);
        }
    }

    @Test
    void aLabHasOneWatcherTheLatest() throws Exception {
        try (LabPage first = watch();
                LabPage second = LabPage.connect(scheme, scheme.port(server));
                RawPeer peer = connect()) {
            assertThat(second.watch(first.lab())).containsEntry("type", "watching");
            assertThat(first.peer().readClose().closeCode()).isEqualTo(1000);
            peer.handshake(first.marked("/echo", 1));
            assertThat(second.event()).containsEntry("event", "handshake");
        }
    }

    @Test
    void aPageThatAsksWithoutWatchingIsClosedAfterAWhile() throws Exception {
        try (LabPage page = LabPage.connect(scheme, scheme.port(server))) {
            for (int i = 0; i < 16; i++) {
                page.say("nonsense");
                assertThat(page.answer()).containsEntry("code", "syntax");
            }
            page.say("nonsense");
            assertThat(page.peer().readClose().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void thePageHasTheServerPingSendAndClose() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect()) {
            peer.handshake(page.marked("/echo", 4));
            page.say("{\"type\":\"ping\",\"id\":1,\"connection\":4,\"payload\":\"" + base64("hi") + "\"}");
            RawPeer.Frame ping = peer.readFrame();
            assertThat(ping.opcode()).isEqualTo(RawPeer.PING);
            assertThat(ping.text()).isEqualTo("hi");
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 1L);
            // The Euro sign is cut in two.
            page.say(
                    "{\"type\":\"send\",\"id\":2,\"connection\":4,\"kind\":\"text\",\"parts\":[\"4oI=\",\"rA==\",\"\"]}");
            assertThat(peer.read(8)).isEqualTo(hex("0102e2820001ac80"));
            assertThat(peer.read(1)).isEqualTo(hex("00"));
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 2L);
            page.say("{\"type\":\"close\",\"id\":3,\"connection\":4,\"code\":1001,\"reason\":\"so long\"}");
            RawPeer.Frame close = peer.readClose();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("so long");
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 3L);
        }
    }

    @Test
    void whatCannotBeUnderstoodIsAnsweredAndTheInspectorLivesOn() throws Exception {
        try (LabPage page = LabPage.connect(scheme, scheme.port(server))) {
            page.say("{\"type\":\"ping\",\"id\":1,\"connection\":4,\"payload\":\"\"}");
            assertThat(page.answer()).containsEntry("code", "not-watching");
            page.say("nonsense");
            assertThat(page.answer()).containsEntry("code", "syntax");
            page.watch();
            page.say("{\"type\":\"close\",\"id\":8,\"connection\":4,\"code\":1006}");
            assertThat(page.answer())
                    .containsEntry("code", "wrong-value")
                    .containsEntry("id", 8L)
                    .containsEntry("actual", "1006");
        }
    }

    @Test
    void aPartnerOnTheServersSideSendsWhatNoBrowserWould() throws Exception {
        try (WscratchServer plain =
                        WscratchServer.builder().port(0).inspector(true).start();
                LabPage page = LabPage.watch(Scheme.WS, plain.port())) {
            // An unmasked frame, with the key of the RFC's own example.
            page.say(
                    "{\"type\":\"raw\",\"id\":4,\"connection\":8,\"path\":\"/echo\",\"headers\":[[\"X-Lesson\",\"6\"]],"
                            + "\"key\":\"dGhlIHNhbXBsZSBub25jZQ==\",\"bytes\":\"gQVIZWxsbw==\"}");
            Map<String, Object> handshake = page.event();
            assertThat(handshake).containsEntry("partner", true).containsEntry("connection", 8L);
            assertThat(new String(LabPage.bytes(handshake, "request"), ISO_8859_1))
                    .isEqualTo("GET /echo HTTP/1.1\r\nHost: 127.0.0.1:" + plain.port()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\nX-Lesson: 6\r\n\r\n");
            assertThat(new String(LabPage.bytes(page.event(), "response"), ISO_8859_1))
                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            Map<String, Object> frame = page.event();
            assertFrame(frame, 1, "client", hex("810548656c6c6f"));
            assertThat(frame).containsEntry("broken", "MASK_MISSING");
            assertThat(HexFormat.of().formatHex(LabPage.bytes(page.event(), "bytes"), 2, 4))
                    .isEqualTo("03ea");
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 4L);
        }
    }

    @Test
    void aPartnerReachesOnlyWhatEverybodyMay() throws Exception {
        try (WscratchServer plain = WscratchServer.builder()
                        .port(0)
                        .inspector(true)
                        .metrics(true)
                        .start();
                LabPage page = LabPage.watch(Scheme.WS, plain.port())) {
            for (String path : List.of("/metrics", "/health", "/inspect", "/fault/masked", "//echo", "/%65cho")) {
                page.say("{\"type\":\"raw\",\"id\":1,\"connection\":8,\"path\":\"" + path + "\",\"bytes\":\"\"}");
                assertThat(page.answer()).as(path).containsEntry("code", "wrong-value");
            }
            page.say("{\"type\":\"raw\",\"id\":1,\"connection\":8,\"path\":\"/\",\"bytes\":\"\","
                    + "\"headers\":[[\"X-Forwarded-For\",\"192.0.2.1\"]]}");
            assertThat(page.answer()).containsEntry("code", "wrong-value");
            page.say("{\"type\":\"raw\",\"id\":1,\"connection\":8,\"path\":\"/\",\"bytes\":\"\","
                    + "\"headers\":[[\"Origin\",\"x\\r\\nGET /metrics\"]]}");
            assertThat(page.answer()).containsEntry("code", "wrong-value");
        }
    }

    @Test
    void onePartnerPlaysAtATimeAndItsRefusedHandshakeIsSeen() throws Exception {
        try (WscratchServer plain =
                        WscratchServer.builder().port(0).inspector(true).start();
                LabPage page = LabPage.watch(Scheme.WS, plain.port())) {
            page.say("{\"type\":\"raw\",\"id\":1,\"connection\":1,\"path\":\"/echo\",\"bytes\":\"\"}");
            page.say("{\"type\":\"raw\",\"id\":2,\"connection\":2,\"path\":\"/echo\",\"bytes\":\"\"}");
            assertThat(page.answer()).containsEntry("code", "busy").containsEntry("id", 2L);
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 1L);
            page.eventsUntilEnd();
            page.say("{\"type\":\"raw\",\"id\":3,\"connection\":3,\"path\":\"/echo\",\"bytes\":\"\","
                    + "\"headers\":[[\"Host\",\"a\"],[\"Host\",\"b\"],[\"Upgrade\",null]]}");
            List<Map<String, Object>> events = page.eventsUntilEnd();
            assertThat(new String(LabPage.bytes(events.get(0), "request"), ISO_8859_1))
                    .contains("\r\nHost: a\r\nHost: b\r\n\r\n")
                    .doesNotContain("Upgrade:");
            assertThat(new String(LabPage.bytes(events.get(1), "response"), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void withoutTheInspectorThereIsNoSuchEndpoint() throws Exception {
        try (WscratchServer without = scheme.listening(WscratchServer.builder()).start();
                RawPeer peer = scheme.connect(scheme.port(without))) {
            assertThat(peer.handshake("/inspect")).startsWith("HTTP/1.1 404 ");
        }
    }
}
