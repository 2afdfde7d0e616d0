package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.Browser;
import dev.wscratch.browser.EchoPage;
import dev.wscratch.client.TalkClient;
import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.WebSocketRecorder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed messages of the WAR, as on every app server: by our own client, by the page in a browser, and by hand. */
abstract class WarTalkContract extends DeployedWar {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int SMALL_LIMIT = 64 * 1024;

    WarTalkContract() {
        super(Map.of("small", Map.of("WSCRATCH_MAX_MESSAGE", "64KiB")));
    }

    @ParameterizedTest
    @EnumSource
    void typedMessagesTravelInBothFormats(Format format) throws Exception {
        try (TalkClient talk = TalkClient.connect(server().socket("/wscratch/talk"), format)) {
            assertThat(talk.echo("Grüße 🙂").toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo("Grüße 🙂");
            BlockingQueue<Message.Time> times = new LinkedBlockingQueue<>();
            talk.live(Duration.ofMillis(100), times::add).toCompletableFuture().get(10, TimeUnit.SECONDS);
            Message.Result result = talk.file("zeros", new ByteArrayInputStream(new byte[100_000]), received -> {});
            assertThat(result.size()).isEqualTo(100_000);
            assertThat(result.lines()).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThat(times.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    @Test
    void aBadMessageIsAProblemAndTheConnectionLivesOn() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/talk");
        for (String bad : List.of("{", "[]", "{\"type\":\"ping\"}", "{\"type\":\"x\"}")) {
            socket.send(bad);
            assertThat(socket.nextText()).startsWith("{\"type\":\"problem\",\"code\":");
        }
        socket.send(bytes(0xa0));
        assertThat(socket.nextText()).contains("wrong-format");
        socket.send("{\"type\":\"ping\",\"stamp\":17}");
        assertThat(socket.nextText()).startsWith("{\"type\":\"pong\",\"stamp\":17,");
    }

    @Test
    void aTypedMessageOverTheLimitIsAnsweredWith1009() throws Exception {
        WebSocketRecorder socket = connect("/small/talk");
        socket.send("{\"type\":\"echo\",\"text\":\"" + "a".repeat(SMALL_LIMIT) + "\"}");
        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    /** While answers of a mebibyte and the time leave through the same session, neither is lost nor cut. */
    @Test
    void liveTimeAndAnswersDoNotOverlapOnASlowReader() throws Exception {
        String echo = "{\"type\":\"echo\",\"text\":\"" + "a".repeat(1_000_000) + "\"}";
        int echoes = 12;
        try (RawPeer peer = RawPeer.openWithSmallBuffer(server().port(), "/wscratch/talk")) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    peer.sendText("{\"type\":\"live\",\"on\":true,\"every\":100}");
                    for (int i = 0; i < echoes; i++) {
                        peer.sendText(echo);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            int answers = 0;
            int times = 0;
            while (answers < echoes || times < 2) {
                String text = readMessage(peer);
                if (text.startsWith("{\"type\":\"time\"")) {
                    times++;
                } else if (!text.startsWith("{\"type\":\"live\"")) {
                    assertThat(text.length()).isEqualTo(echo.length());
                    answers++;
                }
            }
            sending.get(10, TimeUnit.SECONDS);
            assertThat(answers).isEqualTo(echoes);
        }
    }

    /** A whole text message, since an app server may send it in fragments. */
    private static String readMessage(RawPeer peer) throws IOException {
        StringBuilder text = new StringBuilder();
        RawPeer.Frame frame = peer.readDataFrame();
        text.append(frame.text());
        while (!frame.fin()) {
            frame = peer.readDataFrame();
            text.append(frame.text());
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor"})
    void thePageTalksInObjectsUnderTheContextPath(String format, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), "line\n".repeat(20_000));
        try (Browser browser = Browser.start()) {
            EchoPage.open(browser, server().page("/wscratch/?auto=0")).talk();
            browser.find("#talk-formats [value=" + format + "]").click();
            browser.find("#talk-text").clear();
            browser.find("#talk-text").sendKeys("grü");
            browser.find("#talk-form [type=submit]").click();
            awaitResult(browser, "Echo: grü");
            browser.find("#talk-ping").click();
            awaitResult(browser, "Round trip: [0-9]+\\.[0-9] ms");
            browser.find("#talk-live").click();
            awaitResult(browser, "Server time: 20[0-9-]+T[0-9:.]+Z");
            browser.find("#talk-live").click();
            await().atMost(DEADLINE)
                    .until(() -> "false".equals(browser.find("#talk-live").getDomAttribute("aria-pressed")));
            browser.find("#talk-file").sendKeys(file.toString());
            awaitResult(browser, "lines\\.txt: 100,000 bytes, 20,000 lines, SHA-256 [0-9a-f]{64}");
            browser.assertNoComplaint();
        }
    }

    private static void awaitResult(Browser browser, String pattern) {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(browser.find("#talk-result").getText()).matches(pattern));
    }

    @Test
    void aPageIsToldThatFramesCannotBeSeenHere() throws Exception {
        try (LabPage page = LabPage.connect(Scheme.WS, server().port(), "/wscratch/inspect")) {
            assertThat(page.watch()).containsEntry("frames", false).containsEntry("tls", null);
            page.say("{\"type\":\"raw\",\"id\":1,\"connection\":1,\"path\":\"/echo\",\"bytes\":\"\"}");
            assertThat(page.answer()).containsEntry("code", "not-here");
        }
    }

    @Test
    void aPageHasTheServerPingSendAndCloseAlsoHere() throws Exception {
        try (LabPage page = LabPage.connect(Scheme.WS, server().port(), "/wscratch/inspect");
                RawPeer peer = RawPeer.connect(server().port())) {
            page.watch();
            peer.handshake(page.marked("/wscratch/echo", 1));
            peer.sendText("open");
            assertThat(peer.readFrame().text()).isEqualTo("open");
            page.say("{\"type\":\"ping\",\"id\":1,\"connection\":1,\"payload\":\"aGk=\"}");
            assertThat(page.answer()).containsEntry("type", "done");
            RawPeer.Frame ping = peer.readFrame();
            assertThat(ping.opcode()).isEqualTo(RawPeer.PING);
            assertThat(ping.text()).isEqualTo("hi");
            page.say("{\"type\":\"send\",\"id\":2,\"connection\":1,\"kind\":\"text\",\"parts\":[\"aOI=\",\"gqw=\"]}");
            assertThat(page.answer()).containsEntry("type", "done");
            assertThat(peer.readFrame().text() + peer.readFrame().text()).isEqualTo("h\u20AC");
            page.say("{\"type\":\"close\",\"id\":3,\"connection\":1,\"code\":4001,\"reason\":\"enough\"}");
            RawPeer.Frame close = peer.readClose();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("enough");
            // Without the answer some servers wait for it before they say that they are done.
            peer.sendClose(4001, "");
            assertThat(page.answer()).containsEntry("type", "done").containsEntry("id", 3L);
        }
    }
}
