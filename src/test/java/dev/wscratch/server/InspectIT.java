package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Zlib;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the inspector of the standalone home shows a page of its connections. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Scheme.class)
class InspectIT extends InspectedServer {
    InspectIT(Scheme scheme) {
        super(scheme);
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
    void withoutTheInspectorThereIsNoSuchEndpoint() throws Exception {
        try (WscratchServer without = scheme.listening(WscratchServer.builder()).start();
                RawPeer peer = scheme.connect(scheme.port(without))) {
            assertThat(peer.handshake("/inspect")).startsWith("HTTP/1.1 404 ");
        }
    }
}
