package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OperationsIT {
    private static String get(int port, String path) throws IOException {
        try (RawPeer peer = RawPeer.connect(port)) {
            peer.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return peer.readResponse();
        }
    }

    private static Map<String, Double> scrape(int port) throws IOException {
        String body = get(port, "/metrics");
        return body.substring(body.indexOf("\r\n\r\n") + 4)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }

    @Test
    void theCountersEqualWhatWasSent() throws Exception {
        try (WscratchServer server =
                WscratchServer.builder().port(0).metrics(true).start()) {
            assertThat(scrape(server.port()))
                    .doesNotContainKey("websocket_connections_opened_total{endpoint=\"/echo\"}");
            try (RawPeer peer = RawPeer.open(server.port(), "/echo")) {
                for (int i = 0; i < 100; i++) {
                    peer.sendText("0123456789");
                    assertThat(peer.readFrame().text()).isEqualTo("0123456789");
                }
                peer.send(RawPeer.frame(0x80 | RawPeer.BINARY, new byte[1000]));
                assertThat(peer.readFrame().payload()).hasSize(1000);
                assertThat(scrape(server.port()))
                        .containsEntry("websocket_connections_active{endpoint=\"/echo\"}", 1.0);
                peer.sendClose(1000, "");
                assertThat(peer.readClose().closeCode()).isEqualTo(1000);
                assertThat(peer.readsEnd()).isTrue();
            }
            try (RawPeer refused = RawPeer.connect(server.port())) {
                assertThat(refused.handshake("/nowhere")).startsWith("HTTP/1.1 404 ");
            }
            String closed = "websocket_connections_closed_total{code=\"1000\",endpoint=\"/echo\",initiator=\"client\"}";
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(scrape(server.port())).containsEntry(closed, 1.0));
            assertThat(scrape(server.port()))
                    .containsEntry("websocket_connections_opened_total{endpoint=\"/echo\"}", 1.0)
                    .containsEntry("websocket_connections_active{endpoint=\"/echo\"}", 0.0)
                    .containsEntry("websocket_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"text\"}", 100.0)
                    .containsEntry(
                            "websocket_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"text\"}", 100.0)
                    .containsEntry("websocket_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"binary\"}", 1.0)
                    .containsEntry(
                            "websocket_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"binary\"}", 1.0)
                    .containsEntry("websocket_frames_total{direction=\"in\",endpoint=\"/echo\",opcode=\"close\"}", 1.0)
                    .containsEntry("websocket_frames_total{direction=\"out\",endpoint=\"/echo\",opcode=\"close\"}", 1.0)
                    .containsEntry("websocket_payload_bytes_total{direction=\"in\"}", 100 * 10 + 1000 + 2.0)
                    .containsEntry("websocket_payload_bytes_total{direction=\"out\"}", 100 * 10 + 1000 + 2.0)
                    .containsEntry("websocket_wire_bytes_total{direction=\"in\"}", 100 * 16 + 1008 + 8.0)
                    .containsEntry("websocket_wire_bytes_total{direction=\"out\"}", 100 * 12 + 1004 + 4.0)
                    .containsEntry("websocket_message_size_bytes_count", 101.0)
                    .containsEntry("websocket_handshakes_rejected_total{reason=\"no_endpoint\"}", 1.0)
                    .containsEntry("websocket_send_queue_bytes", 0.0)
                    .containsKey("process_cpu_seconds_total")
                    // Of the jar's manifest, or "development" where the classes are not in a jar.
                    .anySatisfy((name, value) -> assertThat(name).matches("wscratch_build_info\\{version=\"[^\"]+\"}"));
        }
    }

    @Test
    void twoServersInOneJvmCountEachForItself() throws Exception {
        try (WscratchServer first =
                        WscratchServer.builder().port(0).metrics(true).start();
                WscratchServer second =
                        WscratchServer.builder().port(0).metrics(true).start();
                RawPeer peer = RawPeer.open(first.port(), "/echo")) {
            assertThat(scrape(first.port()))
                    .containsEntry("websocket_connections_opened_total{endpoint=\"/echo\"}", 1.0);
            assertThat(scrape(second.port()))
                    .doesNotContainKey("websocket_connections_opened_total{endpoint=\"/echo\"}");
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    @Test
    void withoutMetricsThereIsNoSuchPage() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            assertThat(get(server.port(), "/metrics")).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void healthAnswersUnderEachOfItsNames() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            for (String path : new String[] {
                "/health", "/health/ready", "/health/live", "/health/started", "/healthz", "/ready", "/livez"
            }) {
                assertThat(get(server.port(), path))
                        .as(path)
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("Content-Type: application/json")
                        .contains("\"status\":\"UP\"");
            }
        }
    }

    @Test
    void theManagementPortTakesHealthAndMetricsAway() throws Exception {
        try (WscratchServer server =
                WscratchServer.builder().port(0).managementPort(0).metrics(true).start()) {
            assertThat(server.managementPort()).isNotEqualTo(server.port());
            assertThat(get(server.managementPort(), "/health")).startsWith("HTTP/1.1 200 ");
            assertThat(get(server.managementPort(), "/metrics")).contains("jvm_");
            assertThat(get(server.managementPort(), "/")).startsWith("HTTP/1.1 404 ");
            assertThat(get(server.port(), "/health")).startsWith("HTTP/1.1 404 ");
            assertThat(get(server.port(), "/metrics")).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void readinessIsDownFromTheFirstMomentOfAStopAndNewUpgradesAreRefused() throws Exception {
        Deadlines patient = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(25),
                Duration.ZERO);
        ExecutorService stopper = Executors.newSingleThreadExecutor();
        try (WscratchServer server =
                        WscratchServer.builder().port(0).deadlines(patient).start();
                RawPeer silent = RawPeer.open(server.port(), "/echo")) {
            Future<?> stopped = stopper.submit(server::close);
            assertThat(silent.readClose().closeCode()).isEqualTo(1001);
            // The peer does not answer the Close, so the server is draining now.
            assertThat(get(server.port(), "/health/ready"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("DOWN");
            assertThat(get(server.port(), "/health/live")).startsWith("HTTP/1.1 200 ");
            try (RawPeer late = RawPeer.connect(server.port())) {
                assertThat(late.handshake("/echo")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
            }
            silent.sendClose(1001, "");
            stopped.get(10, TimeUnit.SECONDS);
        } finally {
            stopper.shutdownNow();
        }
    }
}
