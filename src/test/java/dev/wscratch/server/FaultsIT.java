package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.fault.FaultCase;
import dev.wscratch.peer.RawPeer;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The faults on the wire, as a bare socket sees them. */
@Timeout(60)
class FaultsIT {
    private static WscratchServer server;

    @BeforeAll
    static void start() throws Exception {
        server = WscratchServer.builder().port(0).faults(true).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    List<DynamicTest> aFaultSendsTheBytesThatItPromises() {
        return FaultCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.path(), () -> check(one)))
                .toList();
    }

    private static void check(FaultCase one) throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawPeer.request(server.port(), "/fault/" + one.path(), FaultCase.OFFERS.toArray(String[]::new)));
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
                case CLOSES -> assertThat(peer.readRest()).isEmpty();
                case RESETS -> assertThatThrownBy(peer::readRest).isInstanceOf(SocketException.class);
                case STAYS -> assertThat(peer.socket().isClosed()).isFalse();
            }
        }
    }

    @Test
    void aBadParameterIsRefusedBeforeTheUpgrade() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawPeer.request(server.port(), "/fault/close/70000"));
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
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawPeer.request(server.port(), "/fault/unknown"));
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
        String good = RawPeer.request(server.port(), "/fault/bad-accept");
        for (String bad : List.of(
                good.replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"),
                good.replace("\r\n\r\n", "\r\nOrigin: null\r\n\r\n"),
                good.replace("Host: 127.0.0.1", "Host: evil.example"),
                // Not well-formed, and from elsewhere.
                good.replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8")
                        .replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"),
                good.replace("Upgrade: websocket\r\n", "")
                        .replace("\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n"))) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                peer.send(bad);
                assertThat(peer.readHead()).as(bad).startsWith("HTTP/1.1 403 ");
            }
        }
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(good.replace("\r\n\r\n", "\r\nOrigin: http://127.0.0.1:" + server.port() + "\r\n\r\n"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void aHandshakeThatIsNotGoodIsRefusedAsEverywhere() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawPeer.request(server.port(), "/fault/bad-accept")
                    .replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 426 ");
        }
    }

    @Test
    void thereAreNoFaultsUnlessTheyAreAskedFor() throws Exception {
        try (WscratchServer plain = WscratchServer.builder().port(0).start();
                RawPeer peer = RawPeer.connect(plain.port())) {
            peer.send(RawPeer.request(plain.port(), "/fault/bad-accept"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 404 ");
            assertThat(get(plain, "/fault").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void noMoreThanAHundredArePlayedAtOnceAndEachGivesItsPlaceBack() throws Exception {
        try (WscratchServer own = WscratchServer.builder().port(0).faults(true).start()) {
            List<RawPeer> peers = new ArrayList<>();
            try {
                for (int i = 0; i < FaultMount.MOST_AT_ONCE; i++) {
                    peers.add(RawPeer.open(own.port(), "/fault/silent"));
                }
                try (RawPeer over = RawPeer.connect(own.port())) {
                    over.send(RawPeer.request(own.port(), "/fault/silent"));
                    assertThat(over.readResponse()).startsWith("HTTP/1.1 503 ").contains("at most 100");
                }
                // The others are served all the while.
                try (RawPeer usual = RawPeer.open(own.port(), "/echo")) {
                    usual.sendText("hello");
                    assertThat(usual.readFrame().text()).isEqualTo("hello");
                }
            } finally {
                for (RawPeer peer : peers) {
                    peer.close();
                }
            }
            Awaitility.await().untilAsserted(() -> {
                try (RawPeer peer = RawPeer.connect(own.port())) {
                    peer.send(RawPeer.request(own.port(), "/fault/bad-accept"));
                    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                }
            });
        }
    }

    @Test
    void aStopEndsThemAtOnce() throws Exception {
        WscratchServer own = WscratchServer.builder().port(0).faults(true).start();
        try (RawPeer peer = RawPeer.open(own.port(), "/fault/no-close")) {
            own.close();
            assertThat(peer.readsEnd()).isTrue();
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(server, path);
    }

    private static HttpResponse<String> get(WscratchServer from, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
