package dev.wscratch.cli;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TrustedProxies;
import dev.wscratch.wire.OriginPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} was asked for, checked before anything listens.
 *
 * @param host an address or name of this machine
 * @param port 0 for any, -1 for TLS alone
 * @param tls port, certificate and key; null without TLS
 * @param managementPort of health and metrics; 0 for any, -1 for the server's own
 * @param allow origins, hosts and proxies
 * @param limits how much a peer may take
 * @param deadlines how long it may take
 * @param workers threads for endpoints that block
 * @param faults whether to misbehave on request
 * @param inspector whether pages may watch their own connections
 * @param metrics whether to count
 * @param logFormat {@code text} or {@code json}
 * @param logLevel of our own lines
 */
record ServeSettings(
        String host,
        int port,
        @Nullable TlsSettings tls,
        int managementPort,
        Allow allow,
        Limits limits,
        Deadlines deadlines,
        int workers,
        boolean faults,
        boolean inspector,
        boolean metrics,
        String logFormat,
        String logLevel) {
    /** More would not fit a Java array with what surrounds it. */
    private static final int LARGEST_MESSAGE = 1 << 30;

    /** A tebibyte: more is a typing error. */
    private static final long LARGEST_MEMORY = 1L << 40;

    private static final int MANY = Integer.MAX_VALUE;
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Who may connect.
     *
     * @param origins of pages
     * @param hosts names of this server
     * @param proxies whose word is believed
     */
    record Allow(List<String> origins, List<String> hosts, List<String> proxies) {}

    /**
     * Reads every setting.
     *
     * @throws UsageException at the first that is not right; names its source
     */
    static ServeSettings of(Sources from) {
        Value plain = from.value(ServeOption.PORT);
        int port = plain.isOff() ? -1 : plain.number(0, 65_535);
        TlsSettings tls = ServeTls.of(from);
        if (tls == null && port < 0) {
            throw plain.wrong("a port, or a certificate for TLS alone (" + ServeTls.CERTIFICATES + ")");
        }
        return new ServeSettings(
                from.value(ServeOption.HOST).word(),
                port,
                tls,
                managementPort(from.value(ServeOption.MANAGEMENT_PORT)),
                allow(from),
                limits(from),
                deadlines(from),
                from.value(ServeOption.WORKERS).number(0, 10_000),
                from.value(ServeOption.FAULTS).truth(),
                from.value(ServeOption.INSPECTOR).truth(),
                from.value(ServeOption.METRICS).truth(),
                from.value(ServeOption.LOG_FORMAT).oneOf("text", "json"),
                from.value(ServeOption.LOG_LEVEL).oneOf("error", "warn", "info", "debug"));
    }

    private static int managementPort(Value value) {
        return value.isOff() ? -1 : value.number(0, 65_535);
    }

    private static Allow allow(Sources from) {
        return new Allow(
                from.value(ServeOption.ORIGINS).list(origins -> new OriginPolicy(origins, List.of())),
                from.value(ServeOption.HOSTS).list(hosts -> new OriginPolicy(List.of(), hosts)),
                from.value(ServeOption.TRUSTED_PROXIES).list(TrustedProxies::new));
    }

    private static Limits limits(Sources from) {
        return new Limits(
                from.value(ServeOption.MAX_MESSAGE).size(1, LARGEST_MESSAGE),
                from.value(ServeOption.MAX_FRAGMENTS).number(1, MANY),
                from.value(ServeOption.MAX_HEAD).size(256, 1 << 20),
                from.value(ServeOption.MAX_CONNECTIONS).number(1, MANY),
                from.value(ServeOption.MAX_PER_IP).number(1, MANY),
                from.value(ServeOption.CONTROL_RATE).perSecond(1, MANY),
                from.value(ServeOption.HIGH_WATER).size(1024, 1 << 30),
                from.value(ServeOption.DEFLATE_MEMORY).size(0L, LARGEST_MEMORY));
    }

    private static Deadlines deadlines(Sources from) {
        Duration drain = time(from, ServeOption.SHUTDOWN_GRACE);
        return new Deadlines(
                time(from, ServeOption.HANDSHAKE_TIMEOUT),
                time(from, ServeOption.FRAME_TIMEOUT),
                time(from, ServeOption.WRITE_TIMEOUT),
                time(from, ServeOption.CLOSE_TIMEOUT),
                drain,
                from.value(ServeOption.SHUTDOWN_SPREAD).durationOrOff(drain),
                time(from, ServeOption.PING_INTERVAL),
                from.value(ServeOption.IDLE_TIMEOUT).durationOrOff(LONGEST));
    }

    private static Duration time(Sources from, ServeOption option) {
        return from.value(option).duration(LONGEST);
    }

    /** A server that is to be started with these settings. */
    WscratchServer.Builder server() {
        WscratchServer.Builder server = WscratchServer.builder()
                .host(host)
                .port(port)
                .origins(allow.origins())
                .hosts(allow.hosts())
                .trustedProxies(allow.proxies())
                .limits(limits)
                .deadlines(deadlines)
                .workers(workers)
                .faults(faults)
                .inspector(inspector)
                .metrics(metrics);
        if (tls != null) {
            server.tls(tls);
        }
        if (port < 0) {
            server.withoutPlain();
        }
        return managementPort < 0 ? server : server.managementPort(managementPort);
    }
}
