package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.LogLines;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 12: everything that can be wrong with TLS, each refused and logged once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsFaultsIT {
    private static final String TLS12 = "TLSv1.2";

    @RegisterExtension
    private final ServerUnderFault server =
            new ServerUnderFault(Scheme.WSS, builder -> builder.endpoint(Recorded.class));

    private LogLines lines;

    @BeforeEach
    void listen() {
        lines = new LogLines("dev.wscratch.transport");
    }

    @AfterEach
    void listenNoMore() {
        lines.close();
    }

    private void assertRefusedOnce(String why) {
        await().atMost(Duration.ofSeconds(5)).pollInSameThread().until(() -> !refusals()
                .isEmpty());
        assertThat(refusals())
                .singleElement()
                .asString()
                .startsWith("INFO refuse remote=127.0.0.1 ")
                .contains(why);
    }

    private List<String> refusals() {
        return lines.all().stream().filter(line -> line.contains("refuse ")).toList();
    }

    private RawPeer bare() throws IOException {
        return RawPeer.connect(server.port());
    }

    private RawPeer speaking(String protocol) throws IOException {
        return RawPeer.connect(server.port(), 0, Scheme.trusting(), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0301", "0302"})
    @DisplayName("row 12: TLS 1.0 and 1.1 are refused with the alert protocol_version")
    void oldProtocolsAreRefusedWithAnAlert(String version) throws IOException {
        try (RawPeer peer = bare()) {
            peer.sendHex("160301002f0100002b" + version + "00".repeat(32) + "00" + "0004c014002f" + "0100");
            assertThat(peer.read(7)).startsWith(21, 3).endsWith(0, 2, 2, 70);
            assertThat(peer.readsEnd()).isTrue();
        }
        assertRefusedOnce(" tls why=\"");
    }

    @Test
    @DisplayName("row 12: without a common cipher suite the alert is handshake_failure")
    void withoutACommonCipherTheAlertIsHandshakeFailure() throws IOException {
        try (RawPeer peer = bare()) {
            // TLS_RSA_WITH_NULL_MD5 and a suite for a key that this server does not have.
            peer.sendHex("160301002f0100002b0303" + "00".repeat(32) + "00" + "00040001c014" + "0100");
            assertThat(peer.read(7)).startsWith(21, 3).endsWith(0, 2, 2, 40);
            assertThat(peer.readsEnd()).isTrue();
        }
        assertRefusedOnce("no cipher suites in common");
    }

    @Test
    @DisplayName("row 12: plain HTTP to the TLS port is told so in plain HTTP")
    void plainHttpToTheTlsPortIsToldSo() throws IOException {
        try (RawPeer peer = bare()) {
            peer.send(RawPeer.request(server.port(), "/echo"));
            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("this port speaks TLS: use https:// or wss://");
            assertThat(peer.readsEnd()).isTrue();
        }
        assertRefusedOnce("tls why=\"expected TLS on this port, got plain HTTP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000",
                "ffffffffffffffffffffffffff",
                "1603010003ffffff",
                "170303000541414141",
                "16030100050100000103"
            })
    @DisplayName("row 12: garbage to the TLS port is refused")
    void garbageIsRefused(String garbage) throws IOException {
        try (RawPeer peer = bare()) {
            peer.sendHex(garbage);
            assertThat(peer.endsEventually()).isTrue();
        }
    }

    @Test
    @DisplayName("row 12: a record that does not belong to the stream ends an open connection")
    void aForgedRecordEndsAnOpenConnection() throws IOException {
        Recorded.Log log = Recorded.log();
        try (RawPeer peer = server.dial(log.path())) {
            peer.socket().getOutputStream().write(new byte[] {
                23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
            });
            assertThat(peer.endsEventually()).isTrue();
            assertThat(log.closeCode()).isEqualTo(1006);
        }
        assertRefusedOnce(" tls why=\"");
    }

    /** Found by reading: Grizzly would wait for the peer on the selector thread, for ever. */
    @Test
    @DisplayName("row 12: a second handshake on a connection ends it, and holds up nobody")
    void aSecondHandshakeEndsTheConnection() throws IOException {
        Recorded.Log log = Recorded.log();
        try (RawPeer peer = speaking(TLS12)) {
            assertThat(peer.handshake(log.path())).startsWith("HTTP/1.1 101 ");
            assertThatThrownBy(() -> {
                        peer.negotiate();
                        peer.readFrame();
                    })
                    .isInstanceOf(IOException.class);
            assertThat(log.closeCode()).isEqualTo(1006);
        }
        assertRefusedOnce("expected no second TLS handshake");
    }

    /** Found by review: the server read the same bytes again and again, on the selector thread. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("row 12: a second handshake behind the server's goodbye ends the connection, whatever follows it")
    void aSecondHandshakeBehindTheGoodbyeEndsTheConnection(boolean violation) throws IOException {
        try (RawPeer peer = speaking(TLS12)) {
            if (violation) {
                assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
                peer.sendHex("8102 6869");
                assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            } else {
                peer.send("GET /nobody-here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(peer.readResponse()).startsWith("HTTP/1.1 404 ");
            }
            await("the goodbye, which TLS has not read yet")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> peer.socket().getInputStream().available() > 0);
            byte[] more = {23, 3, 3, 0, 1, 0};
            // The peer's own TLS reads the goodbye now, which may count as an error.
            Throwable ended = catchThrowable(() -> peer.negotiate(more));
            assertThat(ended).satisfiesAnyOf(none -> assertThat(none).isNull(), error -> assertThat(error)
                    .isInstanceOf(IOException.class));
        }
        await("the refusal").atMost(Duration.ofSeconds(5)).pollInSameThread().until(() -> refusals().stream()
                .anyMatch(line -> line.contains("expected no second TLS handshake")));
        assertEverySelectorThreadServes();
    }

    /** Found by review: another thread's write never ended, with the connection's monitor held. */
    @Test
    @DisplayName("row 12: a second handshake ends a connection that another thread is sending to")
    void aSecondHandshakeEndsAConnectionThatAnotherThreadSendsTo() throws Exception {
        for (int round = 0; round < 5; round++) {
            Recorded.Log log = Recorded.log();
            try (RawPeer peer = speaking(TLS12)) {
                assertThat(peer.handshake(log.path())).startsWith("HTTP/1.1 101 ");
                Thread sender = sendingTo(log.session());
                assertThat(peer.readFrame().payload()).hasSize(100);
                assertThatThrownBy(() -> {
                            peer.negotiate();
                            while (true) {
                                peer.readFrame();
                            }
                        })
                        .isInstanceOf(IOException.class);
                assertThat(log.closeCode()).isEqualTo(1006);
                sender.join(5_000);
                assertThat(sender.isAlive()).as("still sending").isFalse();
            }
        }
        assertEverySelectorThreadServes();
    }

    /** Sends without a pause until the connection ends. */
    private static Thread sendingTo(Session session) {
        Thread sender = new Thread(() -> {
            try {
                while (session.isOpen()) {
                    session.getBasicRemote().sendText("x".repeat(100));
                }
            } catch (IOException | RuntimeException gone) {
                // Which is what it waits for; Tyrus throws a bare RuntimeException when a session closes under way.
            }
        });
        sender.setDaemon(true);
        sender.start();
        return sender;
    }

    private void assertEverySelectorThreadServes() throws IOException {
        for (int i = 0; i < 8; i++) {
            try (RawPeer other = server.dial("/echo")) {
                other.sendText("there?");
                assertThat(other.readFrame().text()).isEqualTo("there?");
            }
        }
    }

    /** Found by reading: Grizzly would drop what follows a key update in the same read. */
    @Test
    @DisplayName("row 12: new keys are agreed on between messages, and no message is lost")
    void newKeysAreAgreedOnBetweenMessages() throws IOException {
        try (RawPeer peer = server.dial("/echo")) {
            for (int i = 0; i < 30; i++) {
                peer.negotiate();
                peer.sendText("message " + i);
                peer.sendText("more");
                assertThat(peer.readFrame().text()).isEqualTo("message " + i);
                assertThat(peer.readFrame().text()).isEqualTo("more");
            }
        }
        assertThat(refusals()).isEmpty();
    }

    @Test
    @DisplayName("row 12: a flood of key updates ends the connection")
    void aFloodOfKeyUpdatesEndsTheConnection() throws IOException {
        Recorded.Log log = Recorded.log();
        try (RawPeer peer = server.dial(log.path())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 50_000; i++) {
                            peer.negotiate();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(log.closeCode()).isEqualTo(1006);
        }
        assertRefusedOnce("expected at most 100 TLS key updates per second");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS12, "TLSv1.3"})
    @DisplayName("row 12: a connection that ends well ends with TLS's goodbye")
    void aConnectionThatEndsWellEndsWithAGoodbye(String protocol) throws IOException {
        try (RawPeer peer = speaking(protocol)) {
            assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
            peer.sendClose(4001, "bye");
            assertThat(peer.readClose().closeReason()).isEqualTo("bye");
            assertThat(peer.readRest()).isEmpty();
            assertThat(peer.wasToldGoodbye()).isTrue();
        }
        try (RawPeer peer = speaking(protocol)) {
            peer.send("GET /nobody-here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            long start = System.nanoTime();
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 404 ");
            assertThat(peer.readRest()).isEmpty();
            assertThat(peer.wasToldGoodbye()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Quick.STEP);
        }
        try (RawPeer peer = speaking(protocol)) {
            assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
            // What goes wrong is said, and read, before the end.
            peer.sendHex("8102 6869");
            assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            assertThat(peer.readRest()).isEmpty();
            assertThat(peer.wasToldGoodbye()).isTrue();
        }
    }

    @Test
    @DisplayName("row 12: a reset ends without TLS's goodbye")
    void aResetEndsWithoutAGoodbye() throws IOException {
        Recorded.Log log = Recorded.log();
        try (RawPeer peer = server.dial(log.path())) {
            log.session();
            peer.send(RawPeer.header(0x82, 100));
            assertThat(peer.readClose().closeCode()).isEqualTo(1008);
            // The peer does not end its half, so that the server cuts at its deadline.
            assertThatThrownBy(() -> {
                        assertThat(peer.readRest()).isEmpty();
                        while (true) {
                            peer.send(new byte[1 << 10]);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS12, "TLSv1.3"})
    @DisplayName("row 12: a Close frame that comes with the peer's goodbye counts, and 1.3 has it answered")
    void aCloseFrameThatComesWithTheGoodbyeCounts(String protocol) throws IOException {
        Recorded.Log log = Recorded.log();
        try (RawPeer peer = speaking(protocol)) {
            assertThat(peer.handshake(log.path())).startsWith("HTTP/1.1 101 ");
            peer.sendClose(4001, "bye");
            peer.shutdownOutput();
            assertThat(log.closeCode()).isEqualTo(4001);
            if (!protocol.equals(TLS12)) {
                assertThat(peer.readClose().closeCode()).isEqualTo(4001);
            }
            assertThat(peer.endsEventually()).isTrue();
        }
        assertThat(refusals()).isEmpty();
    }
}
