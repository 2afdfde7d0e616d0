package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.transport.TransportMetrics;
import dev.wscratch.transport.TransportMetrics.Initiator;
import dev.wscratch.transport.TransportMetrics.SessionMetrics;
import dev.wscratch.wire.Opcode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final ServerMetrics metrics = new ServerMetrics("1.2.3");

    /** The lines of one metric, as they are scraped. */
    private List<String> lines(String name) {
        return UTF_8.decode(metrics.scrape())
                .toString()
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
    }

    @Test
    void aSessionIsCountedFromItsOpeningToItsEnd() {
        SessionMetrics session = metrics.opened("/chat/{room}", 2_000_000);
        assertThat(lines("websocket_connections_active"))
                .containsExactly("websocket_connections_active{endpoint=\"/chat/{room}\"} 1.0");
        session.closed(1000, Initiator.CLIENT);
        assertThat(lines("websocket_connections_active"))
                .containsExactly("websocket_connections_active{endpoint=\"/chat/{room}\"} 0.0");
        assertThat(lines("websocket_connections_opened_total"))
                .containsExactly("websocket_connections_opened_total{endpoint=\"/chat/{room}\"} 1.0");
        assertThat(lines("websocket_connections_closed_total"))
                .containsExactly("websocket_connections_closed_total{code=\"1000\",endpoint=\"/chat/{room}\","
                        + "initiator=\"client\"} 1.0");
        assertThat(lines("websocket_handshake_duration_seconds_sum")).hasSize(1);
        assertThat(lines("websocket_connection_duration_seconds_count"))
                .containsExactly("websocket_connection_duration_seconds_count 1");
    }

    @Test
    void thousandsOfCloseCodesAreAFewLabels() {
        for (int code = 0; code <= 65_535; code++) {
            metrics.opened("/", 1).closed(code, code % 2 == 0 ? Initiator.CLIENT : Initiator.SERVER);
        }
        List<String> codes = lines("websocket_connections_closed_total").stream()
                .map(line -> line.replaceAll(".*code=\"(\\w+)\".*", "$1"))
                .distinct()
                .toList();
        assertThat(codes).hasSize(16 + 3).contains("1000", "1015", "3xxx", "4xxx", "other");
    }

    @Test
    void framesAndBytesAreCountedByDirection() {
        SessionMetrics session = metrics.opened("/echo", 1);
        session.received(Opcode.TEXT, 100, 6);
        session.received(Opcode.PING, 0, 6);
        session.sent(Opcode.PONG, true, 0, 2);
        assertThat(lines("websocket_frames_total"))
                .contains(
                        "websocket_frames_total{direction=\"in\",endpoint=\"/echo\",opcode=\"text\"} 1.0",
                        "websocket_frames_total{direction=\"in\",endpoint=\"/echo\",opcode=\"ping\"} 1.0",
                        "websocket_frames_total{direction=\"out\",endpoint=\"/echo\",opcode=\"pong\"} 1.0");
        assertThat(lines("websocket_payload_bytes_total"))
                .containsExactly(
                        "websocket_payload_bytes_total{direction=\"in\"} 100.0",
                        "websocket_payload_bytes_total{direction=\"out\"} 0.0");
        assertThat(lines("websocket_wire_bytes_total"))
                .containsExactly(
                        "websocket_wire_bytes_total{direction=\"in\"} 112.0",
                        "websocket_wire_bytes_total{direction=\"out\"} 2.0");
    }

    @Test
    void aMessageInFragmentsIsOneOfItsFirstFramesType() {
        SessionMetrics session = metrics.opened("/echo", 1);
        session.sent(Opcode.BINARY, false, 1, 2);
        session.sent(Opcode.PING, true, 1, 2);
        session.sent(Opcode.CONTINUATION, false, 1, 2);
        session.sent(Opcode.CONTINUATION, true, 1, 2);
        session.sent(Opcode.TEXT, true, 1, 2);
        session.messageReceived(Opcode.TEXT, 2000);
        assertThat(lines("websocket_messages_total"))
                .containsExactlyInAnyOrder(
                        "websocket_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"binary\"} 0.0",
                        "websocket_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"text\"} 1.0",
                        "websocket_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"binary\"} 1.0",
                        "websocket_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"text\"} 1.0");
        assertThat(lines("websocket_message_size_bytes_bucket{le=\"1024"))
                .containsExactly("websocket_message_size_bytes_bucket{le=\"1024.0\"} 0");
        assertThat(lines("websocket_message_size_bytes_sum"))
                .containsExactly("websocket_message_size_bytes_sum 2000.0");
    }

    @Test
    void troubleIsCountedByItsName() {
        SessionMetrics session = metrics.opened("/echo", 1);
        session.violated("MASK_REQUIRED");
        session.tooSlow();
        session.roundTrip(3_000_000);
        metrics.rejected("NO_ENDPOINT");
        assertThat(lines("websocket_protocol_errors_total"))
                .containsExactly("websocket_protocol_errors_total{rule=\"mask_required\"} 1.0");
        assertThat(lines("websocket_slow_consumers_disconnected_total"))
                .containsExactly("websocket_slow_consumers_disconnected_total 1.0");
        assertThat(lines("websocket_handshakes_rejected_total"))
                .containsExactly("websocket_handshakes_rejected_total{reason=\"no_endpoint\"} 1.0");
        assertThat(lines("websocket_ping_rtt_seconds_sum")).containsExactly("websocket_ping_rtt_seconds_sum 0.003");
    }

    @Test
    void gaugesOfATransportAreReadWhenScraped() {
        metrics.started(() -> 7, () -> 4096);
        assertThat(lines("wscratch_tcp_connections")).containsExactly("wscratch_tcp_connections 7.0");
        assertThat(lines("websocket_send_queue_bytes")).containsExactly("websocket_send_queue_bytes 4096.0");
    }

    @Test
    void whatCompressionTakesIsReadWhenScraped() {
        metrics.compressing(new TransportMetrics.Compressing() {
            @Override
            public long limitBytes() {
                return 600;
            }

            @Override
            public long reservedBytes() {
                return 500;
            }

            @Override
            public long heldBytes() {
                return 400;
            }

            @Override
            public long connections() {
                return 3;
            }

            @Override
            public long withoutTakeover() {
                return 2;
            }

            @Override
            public long declined() {
                return 1;
            }
        });
        assertThat(lines("websocket_deflate_"))
                .containsExactlyInAnyOrder(
                        "websocket_deflate_limit_bytes 600.0",
                        "websocket_deflate_reserved_bytes 500.0",
                        "websocket_deflate_held_bytes 400.0",
                        "websocket_deflate_connections 3.0",
                        "websocket_deflate_short_of_memory_total{answer=\"no_context_takeover\"} 2.0",
                        "websocket_deflate_short_of_memory_total{answer=\"declined\"} 1.0");
    }

    @Test
    void twoServersInOneProcessDoNotMix() {
        new ServerMetrics("1.2.3").opened("/other", 1);
        assertThat(lines("websocket_connections_active")).isEmpty();
    }
}
