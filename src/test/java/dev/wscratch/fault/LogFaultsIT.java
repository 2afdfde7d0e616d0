package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Rows 44 and 45: what a peer may write into the log, and what must never stand there. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogFaultsIT {
    private static final String CANARY = "c4n4ry-5ecret";
    private static final int LONGEST_LINE = 1_000;

    @RegisterExtension
    private final ServerUnderFault server = new ServerUnderFault(builder -> builder.endpoint(Gatekeeper.class));

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.wscratch");
    private final Lines lines = new Lines();

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    @BeforeEach
    void listen() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.install();
        }
        ours.setLevel(Level.DEBUG);
        ours.setAdditive(false);
        lines.start();
        ours.addAppender(lines);
        root.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        ours.detachAppender(lines);
        root.detachAppender(lines);
        ours.setLevel(null);
        ours.setAdditive(true);
        SLF4JBridgeHandler.uninstall();
    }

    @Test
    @DisplayName("row 44: line breaks, escapes and long text of a peer become one short line")
    void aPeersTextBecomesOneShortLine() throws IOException {
        String evil = "\u001b[31m\u0007 2026-01-01 ERROR forged";
        answer("GET /a%0d%0a" + "x".repeat(8_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-WebSocket-Key: a\r\n\r\n");
        answer("GET /\u001b[31m HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        answer("G\u001b[31mT / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        answer(RawPeer.request(server.port(), "/echo", "Origin: http://" + evil));
        answer(RawPeer.request(server.port(), "/echo", "Origin: http://evil.example/" + "x".repeat(8_000)));
        answer(RawPeer.request(server.port(), "/nobody" + "y".repeat(8_000)));
        answer(RawPeer.request(server.port(), "/echo", "Sec-WebSocket-Protocol: \u001b[31m"));
        close("\r\nERROR forged \u001b[31m \u0085 \u2028 \u202e");
        close("r".repeat(123));
        // The peer has its answer before the line is written.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lines.texts.stream()
                                .filter(line -> line.startsWith("close conn="))
                                .count()
                        >= 2);
        for (String line : lines.texts) {
            assertThat(line).hasSizeLessThan(LONGEST_LINE).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202e]");
        }
        assertThat(lines.texts).as("the close is logged").anyMatch(line -> line.contains("forged"));
    }

    @Test
    @DisplayName("row 44: a flood of bad handshakes and frames writes a bounded number of lines")
    void aFloodOfBadClientsWritesABoundedNumberOfLines() throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            answer("BAD\r\n\r\n");
        }
        for (int i = 0; i < 300; i++) {
            try (RawPeer peer = RawPeer.open(server.port(), "/echo")) {
                peer.sendHex("8102 6869");
                assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            }
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 2;
        assertThat(lines.texts.stream().filter(line -> line.contains("refuse")))
                .as("lines about clients that were turned away in %d s", seconds)
                .hasSizeLessThanOrEqualTo((int) (10 * seconds));
        assertThat(lines.texts).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    @DisplayName("row 45: tokens, cookies and payloads never stand in the log")
    void secretsNeverStandInTheLog() throws IOException {
        String[] secrets = {"Cookie: session=" + CANARY, "Authorization: Bearer " + CANARY};
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.handshake("/echo?token=" + CANARY, secrets)).startsWith("HTTP/1.1 101 ");
            peer.sendText(CANARY);
            assertThat(peer.readFrame().text()).isEqualTo(CANARY);
            peer.send(RawPeer.frame(0x80 | RawPeer.PING, CANARY.getBytes(StandardCharsets.UTF_8)));
            assertThat(peer.readFrame().opcode()).isEqualTo(RawPeer.PONG);
            peer.send(RawPeer.frame(0x81, ("\0" + CANARY).getBytes(StandardCharsets.UTF_8)));
            assertThat(peer.readFrame().text()).contains(CANARY);
            peer.sendHex("8102 6869");
            assertThat(peer.readClose().closeCode()).isEqualTo(1002);
        }
        answer(RawPeer.request(server.port(), "/nobody?token=" + CANARY, secrets));
        answer(RawPeer.request(server.port(), "/gate?throw=1&token=" + CANARY, secrets));
        answer(RawPeer.request(server.port(), "/gate?status=401&token=" + CANARY, secrets));
        answer(RawPeer.request(server.port(), "/echo?a=%zz&token=" + CANARY, secrets));
        answer(RawPeer.request(server.port(), "/echo?a=|" + CANARY, secrets));
        answer(RawPeer.request(server.port(), "/echo", "Origin: http://evil.example", secrets[0]));
        answer("GET /?token=" + CANARY + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + CANARY + "\n\r\n");
        answer("GET /?token=" + CANARY + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + CANARY + "\r\n\r\n");
        assertThat(lines.texts).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    }

    private void close(String reason) throws IOException {
        try (RawPeer peer = RawPeer.open(server.port(), "/echo")) {
            peer.sendClose(4000, reason);
            assertThat(peer.readClose().closeCode()).isEqualTo(4000);
            assertThat(peer.readsEnd()).isTrue();
        }
    }

    private void answer(String request) throws IOException {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(request);
            assertThat(peer.readResponse()).containsPattern("^HTTP/1.1 [45]\\d\\d ");
        }
    }
}
