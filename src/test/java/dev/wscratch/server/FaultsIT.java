package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.fault.FaultCase;
import dev.wscratch.peer.LogLines;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults on the wire, as a bare socket sees them. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Scheme.class)
class FaultsIT {
    private static WscratchServer server;

    private final Scheme scheme;

    FaultsIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @BeforeParameterizedClassInvocation
    static void start(Scheme scheme) throws Exception {
        server = scheme.listening(WscratchServer.builder()).faults(true).start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @TestFactory
    List<DynamicTest> aFaultSendsTheBytesThatItPromises() {
        return FaultCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.path(), () -> check(one)))
                .toList();
    }

    private void check(FaultCase one) throws Exception {
        try (RawPeer peer = scheme.connect(scheme.port(server))) {
            peer.send(RawPeer.request(
                    scheme.port(server), "/fault/" + one.path(), FaultCase.OFFERS.toArray(String[]::new)));
            byte[] head = one.head().getBytes(ISO_8859_1);
            byte[] all = one.expected();
            assertThat(peer.read(head.length)).asString(ISO_8859_1).isEqualTo(one.head());
            peer.send(one.clientBytes());
            byte[] rest = java.util.Arrays.copyOfRange(all, head.length, all.length);
            assertThat(peer.read(rest.length)).isEqualTo(rest);
            switch (one.end()) {
                case ANSWERS_CLOSE -> {
                    peer.sendClose(1002, "");
                    assertThat(peer.readRest()).containsExactly(0x88, 2, 3, 0xEA);
                }
                case ENDS_ON_CLOSE -> {
                    peer.sendClose(1002, "");
                    assertThat(peer.readRest()).isEmpty();
                }
                case CLOSES -> {
                    assertThat(peer.readRest()).isEmpty();
                    assertThat(scheme == Scheme.WS || peer.wasToldGoodbye()).isTrue();
                }
                case CUTS -> {
                    assertThat(peer.readRest()).isEmpty();
                    assertThat(scheme == Scheme.WSS && peer.wasToldGoodbye()).isFalse();
                }
                case RESETS -> assertThatThrownBy(peer::readRest).isInstanceOf(SocketException.class);
                case STAYS -> assertThat(peer.socket().isClosed()).isFalse();
            }
        }
    }

    @Test
    void aBadParameterIsRefusedBeforeTheUpgrade() throws Exception {
        try (RawPeer peer = scheme.connect(scheme.port(server))) {
            peer.send(RawPeer.request(scheme.port(server), "/fault/close/70000"));
            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("code: expected 0 to 65535, got \"70000\"");
            assertThat(peer.readsEnd()).isTrue();
        }
        HttpResponse<String> plain = get("/fault/close/70000");
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(plain.body()).contains("code: expected 0 to 65535");
    }

    @Test
    void anUnknownFaultGets404WithTheNames() throws Exception {
        try (RawPeer peer = scheme.connect(scheme.port(server))) {
            peer.send(RawPeer.request(scheme.port(server), "/fault/unknown"));
            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("bad-accept, ");
        }
        assertThat(get("/fault/unknown").statusCode()).isEqualTo(404);
        assertThat(get("/fault/unknown").body()).contains("bad-accept, ");
    }

    @Test
    void theTableIsThereAsJson() throws Exception {
        HttpResponse<String> table = get("/fault");
        assertThat(table.statusCode()).isEqualTo(200);
        assertThat(table.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(table.body()).contains("\"id\":\"bad-accept\"", "\"id\":\"bomb\"");
    }

    @Test
    void aPlainRequestIsNeverMisbehavedTo() throws Exception {
        for (FaultCase one : FaultCase.all()) {
            HttpResponse<String> answer = get("/fault/" + one.path());
            assertThat(answer.statusCode()).as(one.path()).isEqualTo(426);
            assertThat(answer.body()).contains("expected a WebSocket handshake", "Try: ");
        }
    }

    @Test
    void aHandshakeOfAnotherOriginOrHostNeverReachesAFault() throws Exception {
        String good = RawPeer.request(scheme.port(server), "/fault/bad-accept");
        for (String bad : List.of(
                good.replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"),
                good.replace("\r\n\r\n", "\r\nOrigin: null\r\n\r\n"),
                good.replace("Host: 127.0.0.1", "Host: evil.example"),
                // Not well-formed, and from elsewhere.
                good.replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8")
                        .replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"),
                good.replace("Upgrade: websocket\r\n", "")
                        .replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"))) {
            try (RawPeer peer = scheme.connect(scheme.port(server))) {
                peer.send(bad);
                assertThat(peer.readHead()).as(bad).startsWith("HTTP/1.1 403 ");
            }
        }
        try (RawPeer peer = scheme.connect(scheme.port(server))) {
            peer.send(good.replace("\r\n\r\n", "\r\nOrigin: " + page(server) + "\r\n\r\n"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void aHandshakeThatIsNotGoodIsRefusedAsEverywhere() throws Exception {
        try (RawPeer peer = scheme.connect(scheme.port(server))) {
            peer.send(RawPeer.request(scheme.port(server), "/fault/bad-accept")
                    .replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 426 ");
        }
    }

    @Test
    void thereAreNoFaultsUnlessTheyAreAskedFor() throws Exception {
        try (WscratchServer plain = scheme.listening(WscratchServer.builder()).start();
                RawPeer peer = scheme.connect(scheme.port(plain))) {
            peer.send(RawPeer.request(scheme.port(plain), "/fault/bad-accept"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 404 ");
            assertThat(get(plain, "/fault").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void noMoreThanAHundredArePlayedAtOnceAndEachGivesItsPlaceBack() throws Exception {
        try (WscratchServer own =
                scheme.listening(WscratchServer.builder()).faults(true).start()) {
            List<RawPeer> peers = new ArrayList<>();
            try {
                for (int i = 0; i < FaultMount.MOST_AT_ONCE; i++) {
                    peers.add(scheme.open(scheme.port(own), "/fault/silent"));
                }
                try (RawPeer over = scheme.connect(scheme.port(own))) {
                    over.send(RawPeer.request(scheme.port(own), "/fault/silent"));
                    assertThat(over.readResponse()).startsWith("HTTP/1.1 503 ").contains("at most 100");
                }
                // The others are served all the while.
                try (RawPeer usual = scheme.open(scheme.port(own), "/echo")) {
                    usual.sendText("hello");
                    assertThat(usual.readFrame().text()).isEqualTo("hello");
                }
            } finally {
                for (RawPeer peer : peers) {
                    peer.close();
                }
            }
            Awaitility.await().untilAsserted(() -> {
                try (RawPeer peer = scheme.connect(scheme.port(own))) {
                    peer.send(RawPeer.request(scheme.port(own), "/fault/bad-accept"));
                    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                }
            });
        }
    }

    /** Found by review: the room's own refusals were neither counted nor logged. */
    @Test
    void aRefusalIsCountedAndLoggedAsEveryOther() throws Exception {
        try (LogLines lines = new LogLines("dev.wscratch.transport");
                WscratchServer own = scheme.listening(WscratchServer.builder())
                        .faults(true)
                        .metrics(true)
                        .start()) {
            for (String path : List.of("close/70000", "unknown", "bomb")) {
                try (RawPeer peer = scheme.connect(scheme.port(own))) {
                    peer.send(RawPeer.request(scheme.port(own), "/fault/" + path));
                    assertThat(peer.readResponse()).startsWith("HTTP/1.1 40");
                    assertThat(peer.readsEnd()).isTrue();
                }
            }
            assertThat(get(own, "/metrics").body())
                    .contains("websocket_handshakes_rejected_total{reason=\"fault_parameters\"} 2.0")
                    .contains("websocket_handshakes_rejected_total{reason=\"fault_unknown\"} 1.0");
            assertThat(lines.all())
                    .filteredOn(line -> line.contains("refuse "))
                    .hasSize(3)
                    .last()
                    .asString()
                    .endsWith("status=400 why=\"FAULT_PARAMETERS\"");
        }
    }

    @Test
    void aStopEndsThemAtOnce() throws Exception {
        WscratchServer own =
                scheme.listening(WscratchServer.builder()).faults(true).start();
        try (RawPeer peer = scheme.open(scheme.port(own), "/fault/no-close")) {
            own.close();
            assertThat(peer.readsEnd()).isTrue();
        }
    }

    /** Where a page of the server's own comes from. */
    private String page(WscratchServer of) {
        return scheme.uri(of, "/").replaceFirst("^ws(.*)/$", "http$1");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(server, path);
    }

    private HttpResponse<String> get(WscratchServer from, String path) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(scheme == Scheme.WS ? SSLContext.getDefault() : Scheme.trusting())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(page(from) + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
