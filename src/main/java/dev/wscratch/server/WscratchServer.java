package dev.wscratch.server;

import dev.wscratch.endpoint.Deflate;
import dev.wscratch.endpoint.Echo;
import dev.wscratch.endpoint.SeedEcho;
import dev.wscratch.endpoint.Talk;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TransportSettings;
import dev.wscratch.transport.TrustedProxies;
import dev.wscratch.transport.WebSocketTransport;
import dev.wscratch.wire.OriginPolicy;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The echo and learning server in a program of your own.
 *
 * <pre>{@code
 * try (WscratchServer server = WscratchServer.builder().port(0).start()) {
 *     URI echo = server.uri("/echo");     // ws://127.0.0.1:49152/echo
 *     …
 * }
 * }</pre>
 *
 * <p>It has the endpoints {@code /} (answers {@code Echo: <message>}), {@code /echo} (the same bytes back), {@code
 * /deflate} (the same, compressed where the client offers it) and {@code /talk} (typed messages), yours, and the page at
 * {@code http://host:port/}. When {@link Builder#start} returns, it answers. Several servers may run in one JVM. Safe for
 * use by many threads.
 */
public final class WscratchServer implements AutoCloseable {
    /** How the message of a {@link java.net.BindException} begins when it is about the management port. */
    public static final String MANAGEMENT_PORT = "management port: ";

    private final ServerAddress address;
    private final Composition.Running running;

    private WscratchServer(ServerAddress address, Composition.Running running) {
        this.address = address;
        this.running = running;
    }

    /** {@return a builder with safe defaults: loopback, port 8080, messages up to 1 MiB} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the port it listens on, also when 0 was asked for; -1 when there is only TLS} */
    public int port() {
        return running.transport().port();
    }

    /** {@return the port of TLS connections; -1 when there is none} */
    public int tlsPort() {
        return running.transport().tlsPort();
    }

    /**
     * The address of an endpoint over TLS.
     *
     * @param path such as {@code /echo}
     * @return such as {@code wss://127.0.0.1:8443/echo}
     */
    public URI secureUri(String path) {
        return address.uri("wss", tlsPort(), path);
    }

    /** {@return the port of health and metrics: the server's own, unless they were given one} */
    public int managementPort() {
        WebSocketTransport management = running.management();
        return management == null ? port() : management.port();
    }

    /**
     * The address of an endpoint.
     *
     * @param path such as {@code /echo}; begins with a slash
     * @return such as {@code ws://127.0.0.1:8080/echo}
     */
    public URI uri(String path) {
        return address.uri("ws", port(), path);
    }

    /** {@return the address of the page, such as {@code http://127.0.0.1:8080/}} */
    public URI page() {
        return port() < 0 ? address.uri("https", tlsPort(), "/") : address.uri("http", port(), "/");
    }

    /**
     * Stops: every session is closed with 1001, gets the drain deadline to finish, then the port is free.
     *
     * <p>Blocks until then; a second call does nothing.
     */
    @Override
    public void close() {
        running.close();
    }

    /** Settings of a server; each has a safe default. Belongs to one thread. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port = 8080;
        private Limits limits = Limits.DEFAULT;
        private Deadlines deadlines = Deadlines.DEFAULT;
        private List<String> origins = List.of();
        private List<String> hosts = List.of();
        private List<String> trustedProxies = List.of();
        private int workers;
        private boolean metrics;
        private @Nullable TlsSettings tls;
        private int managementPort = -1;
        private boolean faults;
        private boolean inspector;
        private final List<Class<?>> endpoints =
                new ArrayList<>(List.of(SeedEcho.class, Echo.class, Deflate.class, Talk.class));

        private Builder() {}

        /**
         * Where to listen.
         *
         * @param name a name or an address; default {@code 127.0.0.1}: nobody else can reach it
         * @return this
         */
        public Builder host(String name) {
            this.host = name;
            return this;
        }

        /**
         * The port to listen on.
         *
         * @param number 0 to 65535; 0 takes a free one, see {@link WscratchServer#port}
         * @return this
         */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * The largest message that is received; a larger one is answered by close code 1009.
         *
         * @param bytes of payload; default 1 MiB
         * @return this
         */
        public Builder maxMessage(int bytes) {
            this.limits = limits.withMaxMessage(bytes);
            return this;
        }

        /**
         * How much a peer may take.
         *
         * @param bounds all of them
         * @return this
         */
        public Builder limits(Limits bounds) {
            this.limits = bounds;
            return this;
        }

        /**
         * How long a peer may take.
         *
         * @param bounds all of them
         * @return this
         */
        public Builder deadlines(Deadlines bounds) {
            this.deadlines = bounds;
            return this;
        }

        /**
         * Which pages may connect, besides those of this server itself; programs without an Origin always may.
         *
         * @param allowed such as {@code https://app.example}; {@code *} allows every page
         * @return this
         */
        public Builder origins(List<String> allowed) {
            this.origins = List.copyOf(allowed);
            return this;
        }

        /**
         * By which names a server on loopback may be called, besides {@code localhost} and loopback addresses.
         *
         * @param allowed names or addresses without a port
         * @return this
         */
        public Builder hosts(List<String> allowed) {
            this.hosts = List.copyOf(allowed);
            return this;
        }

        /**
         * The proxies in front, whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed.
         *
         * @param proxies addresses or networks such as {@code 10.0.0.0/8}
         * @return this
         */
        public Builder trustedProxies(List<String> proxies) {
            this.trustedProxies = List.copyOf(proxies);
            return this;
        }

        /**
         * Runs callbacks on threads of their own, for endpoints that block; those of one connection still never overlap.
         *
         * @param threads 0, the default, runs them on the selector threads: faster, for endpoints that do not block
         * @return this
         */
        public Builder workers(int threads) {
            this.workers = threads;
            return this;
        }

        /**
         * Also listens for TLS connections, on a port of their own.
         *
         * @param settings port, certificate and key; needs {@code io.github.hakky54:ayza-for-pem} on the class path, and
         *     {@code org.bouncycastle:bcpkix-jdk18on} for a development certificate
         * @return this
         */
        public Builder tls(TlsSettings settings) {
            this.tls = settings;
            return this;
        }

        /**
         * Listens for TLS connections only; see {@link #tls}.
         *
         * @return this
         */
        public Builder withoutPlain() {
            this.port = -1;
            return this;
        }

        /**
         * Counts, and shows the counts at {@code /metrics} in Prometheus's text format.
         *
         * @param on needs {@code io.prometheus:prometheus-metrics-core}, {@code -instrumentation-jvm} and {@code
         *     -exposition-textformats} on the class path; default off
         * @return this
         */
        public Builder metrics(boolean on) {
            this.metrics = on;
            return this;
        }

        /**
         * Moves {@code /health} and {@code /metrics} to a port of their own, on the same host.
         *
         * @param number 0 to 65535; 0 takes a free one, see {@link WscratchServer#managementPort}
         * @return this
         */
        public Builder managementPort(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException(
                        "managementPort: expected 0 to 65535 (0 takes a free one), got " + number);
            }
            this.managementPort = number;
            return this;
        }

        /**
         * Misbehaves on request under {@code /fault/…}, to test clients; {@code GET /fault} describes how.
         *
         * @param on default off: a server in a program of yours does not misbehave unless it is told to
         * @return this
         */
        public Builder faults(boolean on) {
            this.faults = on;
            return this;
        }

        /**
         * Shows a page the bytes of its own connections, at {@code /inspect}: those whose query carries the page's random
         * {@code lab}.
         *
         * @param on default off: without it there is no such endpoint, and no connection is ever looked at
         * @return this
         */
        public Builder inspector(boolean on) {
            this.inspector = on;
            return this;
        }

        /**
         * Adds an endpoint of yours.
         *
         * <p>A session whose callback throws is closed with 1011 after its {@code @OnError} has run. It compresses if its
         * configurator's {@code getNegotiatedExtensions} says so; an endpoint that has none of its own never does.
         *
         * @param endpoint a public class with {@link ServerEndpoint}; unless there are {@link #workers}, it runs on
         *     selector threads and must not block
         * @return this
         */
        public Builder endpoint(Class<?> endpoint) {
            if (!endpoint.isAnnotationPresent(ServerEndpoint.class)) {
                throw new IllegalArgumentException(
                        "endpoint: expected a class with @ServerEndpoint, got " + endpoint.getName());
            }
            endpoints.add(endpoint);
            return this;
        }

        /**
         * Starts the server.
         *
         * @return a server that answers
         * @throws IOException when a port cannot be had: {@link java.net.BindException}; or the files of TLS cannot be
         *     used: {@link dev.wscratch.transport.KeyMaterialException}
         * @throws IllegalArgumentException when a value or an endpoint class is not right, or two ports are the same; says
         *     what was expected
         */
        public WscratchServer start() throws IOException {
            Composition all = new Composition(
                    host,
                    settings(port, tls),
                    managementPort < 0 ? null : settings(managementPort, null),
                    endpoints,
                    new Composition.Features(metrics, faults, inspector));
            return new WscratchServer(new ServerAddress(host), all.start());
        }

        private TransportSettings settings(int listenOn, @Nullable TlsSettings secureToo) {
            return new TransportSettings(
                    host,
                    listenOn,
                    secureToo,
                    limits,
                    deadlines,
                    new OriginPolicy(origins, hosts),
                    new TrustedProxies(trustedProxies),
                    workers);
        }
    }
}
