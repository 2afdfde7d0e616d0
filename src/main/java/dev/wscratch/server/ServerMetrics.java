package dev.wscratch.server;

import dev.wscratch.transport.TransportMetrics;
import dev.wscratch.wire.Opcode;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts in Prometheus's manner: names with their unit, labels from small fixed sets.
 *
 * <p>Every server has a registry of its own, so several in one JVM do not mix. Safe for use by many threads.
 */
final class ServerMetrics implements TransportMetrics {
    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter rejected = counter("websocket_handshakes_rejected", "Refused upgrades", "reason");
    private final Counter opened = counter("websocket_connections_opened", "WebSockets opened", "endpoint");
    private final Counter closed =
            counter("websocket_connections_closed", "WebSockets closed", "endpoint", "code", "initiator");
    private final Gauge active = Gauge.builder()
            .name("websocket_connections_active")
            .help("WebSockets open now")
            .labelNames("endpoint")
            .register(registry);
    private final Counter frames = counter("websocket_frames", "Frames", "endpoint", "direction", "opcode");
    private final Counter messages = counter("websocket_messages", "Messages", "endpoint", "direction", "type");
    private final Counter payload = counter("websocket_payload_bytes", "Bytes of payload in frames", "direction");
    private final Counter wire = counter("websocket_wire_bytes", "Bytes of frames with their headers", "direction");
    private final Counter slow =
            counter("websocket_slow_consumers_disconnected", "Peers closed because they did not take their bytes");
    private final Counter violations = counter("websocket_protocol_errors", "Rules that peers broke", "rule");
    private final DistributionDataPoint handshake =
            seconds("websocket_handshake_duration_seconds", "From accept to the 101");
    private final DistributionDataPoint duration =
            seconds("websocket_connection_duration_seconds", "From the 101 to the end of TCP");
    private final DistributionDataPoint roundTrip = seconds("websocket_ping_rtt_seconds", "From a Ping to its Pong");
    private final DistributionDataPoint size = Histogram.builder()
            .name("websocket_message_size_bytes")
            .help("Payload of received messages")
            .classicOnly()
            .classicUpperBounds(64, 1024, 16_384, 262_144, 1_048_576, 16_777_216)
            .register(registry);
    private final Map<String, AtEndpoint> endpoints = new ConcurrentHashMap<>();

    ServerMetrics(String version) {
        Info.builder()
                .name("wscratch_build_info")
                .help("The version that runs")
                .labelNames("version")
                .register(registry)
                .addLabelValues(version);
        JvmMetrics.builder().register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Histogram seconds(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600, 3600)
                .register(registry);
    }

    /** {@return all counts in Prometheus's text format} */
    ByteBuffer scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return ByteBuffer.wrap(text.toByteArray());
    }

    /** {@return the content type of {@link #scrape}} */
    static String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    @Override
    public void started(LongSupplier connections, LongSupplier queuedBytes) {
        gauge("wscratch_tcp_connections", "TCP connections, upgraded or not", connections);
        gauge("websocket_send_queue_bytes", "Bytes that wait to be sent", queuedBytes);
    }

    @Override
    public void compressing(Compressing use) {
        gauge("websocket_deflate_limit_bytes", "Native memory that compression may take", use::limitBytes);
        gauge("websocket_deflate_reserved_bytes", "Of it, what open WebSockets may come to hold", use::reservedBytes);
        gauge("websocket_deflate_held_bytes", "Of it, what open WebSockets hold now", use::heldBytes);
        gauge("websocket_deflate_connections", "Open WebSockets that have agreed on compression", use::connections);
        CounterWithCallback.builder()
                .name("websocket_deflate_short_of_memory")
                .help("Offers of compression that got less than they asked for")
                .labelNames("answer")
                .callback(callback -> {
                    callback.call((double) use.withoutTakeover(), "no_context_takeover");
                    callback.call((double) use.declined(), "declined");
                })
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    @Override
    public void rejected(String reason) {
        rejected.labelValues(reason.toLowerCase(Locale.ROOT)).inc();
    }

    @Override
    public SessionMetrics opened(String endpoint, long handshakeNanos) {
        handshake.observe(handshakeNanos / NANOS);
        AtEndpoint at = endpoints.computeIfAbsent(endpoint, AtEndpoint::new);
        at.opened.inc();
        at.active.inc();
        return new OneSession(at);
    }

    /** The counts of one endpoint, looked up once: a look-up by labels for each frame would cost more than the frame. */
    private final class AtEndpoint {
        final String endpoint;
        final CounterDataPoint opened;
        final GaugeDataPoint active;
        final Direction in;
        final Direction out;

        AtEndpoint(String endpoint) {
            this.endpoint = endpoint;
            this.opened = ServerMetrics.this.opened.labelValues(endpoint);
            this.active = ServerMetrics.this.active.labelValues(endpoint);
            this.in = new Direction(endpoint, "in");
            this.out = new Direction(endpoint, "out");
        }
    }

    private final class Direction {
        final Map<Opcode, CounterDataPoint> frames = new EnumMap<>(Opcode.class);
        final CounterDataPoint text;
        final CounterDataPoint binary;
        final CounterDataPoint payload;
        final CounterDataPoint wire;

        Direction(String endpoint, String direction) {
            for (Opcode opcode : Opcode.values()) {
                String name = opcode.name().toLowerCase(Locale.ROOT);
                frames.put(opcode, ServerMetrics.this.frames.labelValues(endpoint, direction, name));
            }
            this.text = messages.labelValues(endpoint, direction, "text");
            this.binary = messages.labelValues(endpoint, direction, "binary");
            this.payload = ServerMetrics.this.payload.labelValues(direction);
            this.wire = ServerMetrics.this.wire.labelValues(direction);
        }

        void frame(Opcode opcode, long bytes, int header) {
            CounterDataPoint count = frames.get(opcode);
            if (count != null) {
                count.inc();
            }
            payload.inc(bytes);
            wire.inc(bytes + header);
        }

        void message(Opcode type) {
            (type == Opcode.TEXT ? text : binary).inc();
        }
    }

    private final class OneSession implements SessionMetrics {
        private final AtEndpoint at;
        private final long openedAt = System.nanoTime();

        /** The type of the message that is being sent in fragments; touched by one sender at a time. */
        private volatile Opcode sending = Opcode.TEXT;

        OneSession(AtEndpoint at) {
            this.at = at;
        }

        @Override
        public void received(Opcode opcode, long payloadBytes, int header) {
            at.in.frame(opcode, payloadBytes, header);
        }

        @Override
        public void messageReceived(Opcode type, long bytes) {
            at.in.message(type);
            size.observe((double) bytes);
        }

        @Override
        public void sent(Opcode opcode, boolean fin, long payloadBytes, int header) {
            at.out.frame(opcode, payloadBytes, header);
            if (opcode.isControl()) {
                return;
            }
            if (opcode.startsMessage() && !fin) {
                sending = opcode;
            }
            if (fin) {
                at.out.message(opcode.startsMessage() ? opcode : sending);
            }
        }

        @Override
        public void roundTrip(long nanos) {
            roundTrip.observe(nanos / NANOS);
        }

        @Override
        public void violated(String rule) {
            violations.labelValues(rule.toLowerCase(Locale.ROOT)).inc();
        }

        @Override
        public void tooSlow() {
            slow.inc();
        }

        @Override
        public void closed(int code, Initiator initiator) {
            at.active.dec();
            closed.labelValues(at.endpoint, label(code), initiator.name().toLowerCase(Locale.ROOT))
                    .inc();
            duration.observe((System.nanoTime() - openedAt) / NANOS);
        }

        /** Peers choose codes from thousands; a label for each would let them fill the registry. */
        private static String label(int code) {
            if (code >= 1000 && code <= 1015) {
                return Integer.toString(code);
            }
            return code >= 3000 && code <= 3999 ? "3xxx" : code >= 4000 && code <= 4999 ? "4xxx" : "other";
        }
    }
}
