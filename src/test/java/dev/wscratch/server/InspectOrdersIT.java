package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a page has the inspector do: ping, send, close, and play a partner. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Scheme.class)
class InspectOrdersIT extends InspectedServer {
    InspectOrdersIT(Scheme scheme) {
        super(scheme);
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

    /** Found by review: one client with many labs took the inspector from everybody. */
    @Test
    void aClientBehindATrustedProxyWatchesSoManyLabs() throws Exception {
        try (WscratchServer plain = WscratchServer.builder()
                        .port(0)
                        .inspector(true)
                        .trustedProxies(List.of("127.0.0.1"))
                        .start();
                LabPage direct = LabPage.watch(Scheme.WS, plain.port());
                LabPage other = LabPage.watch(Scheme.WS, plain.port(), "X-Forwarded-For: 198.51.100.2");
                LabPage first = LabPage.watch(Scheme.WS, plain.port(), "X-Forwarded-For: 198.51.100.1")) {
            List<LabPage> more = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                more.add(LabPage.watch(Scheme.WS, plain.port(), "X-Forwarded-For: 198.51.100.1"));
            }
            assertThat(first.peer().readClose().closeCode()).isEqualTo(1013);
            for (LabPage open : List.of(direct, other, more.get(0))) {
                open.say("{\"type\":\"ping\",\"id\":5,\"connection\":1,\"payload\":\"\"}");
                assertThat(open.answer()).containsEntry("code", "unknown-connection");
            }
            for (LabPage one : more) {
                one.close();
            }
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

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
