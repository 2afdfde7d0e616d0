package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How what the inspector shows ends: connections, pages that are too slow, and pages that are in the way. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Scheme.class)
class InspectEndIT extends InspectedServer {
    InspectEndIT(Scheme scheme) {
        super(scheme);
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
    void theEndSaysWhoEndedTcpAndHow() throws Exception {
        try (LabPage page = watch();
                RawPeer fin = connect();
                RawPeer reset = connect()) {
            fin.handshake(page.marked("/echo", 1));
            fin.shutdownOutput();
            assertThat(lastOf(page)).containsEntry("cause", endedByFin("without a Close frame"));
            reset.handshake(page.marked("/echo", 2));
            reset.sendText("Hello");
            reset.readFrame();
            reset.reset();
            // Under TLS a reset cannot be told from an end without its goodbye.
            assertThat(lastOf(page))
                    .containsEntry(
                            "cause",
                            scheme == Scheme.WS
                                    ? "the client reset TCP (RST) without a Close frame (Connection reset)"
                                    : "the client ended TCP without TLS's close_notify, without a Close frame");
        }
    }

    @Test
    void theEndSaysWhatWasLeftOfTheClosingHandshake() throws Exception {
        try (LabPage page = watch();
                RawPeer peer = connect();
                RawPeer wrong = connect()) {
            peer.handshake(page.marked("/echo", 1));
            page.say("{\"type\":\"close\",\"id\":1,\"connection\":1,\"code\":1001,\"reason\":\"\"}");
            peer.readClose();
            assertThat(page.answer()).containsEntry("type", "done");
            peer.shutdownOutput();
            assertThat(lastOf(page))
                    .containsEntry("cause", endedByFin("after the server's Close frame, without one of its own"));
            wrong.handshake(page.marked("/echo", 2));
            wrong.sendHex("810548656c6c6f");
            wrong.readClose();
            wrong.shutdownOutput();
            assertThat(lastOf(page)).containsEntry("cause", endedByFin("after it had broken a rule"));
        }
    }

    private String endedByFin(String when) {
        return (scheme == Scheme.WS ? "the client ended TCP (FIN) " : "the client ended TLS (close_notify) ") + when;
    }

    private static Map<String, Object> lastOf(LabPage page) throws IOException {
        List<Map<String, Object>> events = page.eventsUntilEnd();
        return events.get(events.size() - 1);
    }
}
