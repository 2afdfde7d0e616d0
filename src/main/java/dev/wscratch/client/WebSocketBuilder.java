package dev.wscratch.client;

import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeaderField;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a program may ask of a {@link WebSocket} and a page may not. Without any of it the WebSocket is as the constructor
 * makes it. Belongs to one thread; a builder can connect more than once.
 */
public final class WebSocketBuilder {
    private final String url;
    private List<String> protocols = List.of();
    private final List<HeaderField> headers = new ArrayList<>();
    private @Nullable SSLContext tls = ClientSettings.DEFAULT.tls();
    private @Nullable Proxy proxy = ClientSettings.DEFAULT.proxy();
    private Duration handshakeDeadline = ClientSettings.DEFAULT.handshakeDeadline();
    private Duration closeDeadline = ClientSettings.DEFAULT.closeDeadline();
    private Executor executor = ClientSettings.DEFAULT.executor();
    private int maxMessage = ClientSettings.DEFAULT.maxMessage();
    private long maxBuffered = ClientSettings.DEFAULT.maxBuffered();
    private int redirects = ClientSettings.DEFAULT.redirects();
    private List<Extension> extensions = ClientSettings.DEFAULT.extensions();
    private @Nullable FrameTap frames = ClientSettings.DEFAULT.frames();

    WebSocketBuilder(String url) {
        this.url = url;
    }

    /** The subprotocols to offer, best first; the connection fails if the server chooses none of them. */
    public WebSocketBuilder subprotocols(String... offered) {
        protocols = List.of(offered);
        return this;
    }

    /**
     * One more header line of the handshake, such as Authorization, Cookie or Origin. Those that the handshake writes
     * itself (Host, Upgrade, Connection, Sec-WebSocket-…) are refused by {@link #connect}.
     */
    public WebSocketBuilder header(String name, String value) {
        headers.add(new HeaderField(name, value));
        return this;
    }

    /** Whom {@code wss} trusts, and the certificate it shows if it is asked for one; null, the default, for the JVM's own. */
    public WebSocketBuilder tls(@Nullable SSLContext context) {
        tls = context;
        return this;
    }

    /**
     * Connects by a tunnel through an HTTP proxy, {@code ws} too.
     *
     * @param address {@code http://host:port} or {@code http://user:password@host:port}
     */
    public WebSocketBuilder proxy(URI address) {
        proxy = Proxy.of(address);
        return this;
    }

    /** How long it may take to an open connection, redirects included; 10 s by default. */
    public WebSocketBuilder handshakeDeadline(Duration deadline) {
        handshakeDeadline = deadline;
        return this;
    }

    Duration handshakeDeadline() {
        return handshakeDeadline;
    }

    /** How long the server may take to answer {@code close}; 5 s by default. */
    public WebSocketBuilder closeDeadline(Duration deadline) {
        closeDeadline = deadline;
        return this;
    }

    /**
     * Where handlers run, still one at a time; by default on eight threads, or one for each processor, that all WebSockets
     * share. It must not run them on the thread that hands them over, which is the one that reads all connections.
     */
    public WebSocketBuilder executor(Executor handlers) {
        executor = handlers;
        return this;
    }

    /** The longest message to receive, in bytes, up to 1 GiB; 16 MiB by default. A longer one fails the connection. */
    public WebSocketBuilder maxMessage(int bytes) {
        maxMessage = bytes;
        return this;
    }

    /**
     * The most that may wait to be sent, in bytes: {@link WebSocket#bufferedAmount}, pings and pongs. 64 MiB by default.
     * Past it the connection fails.
     */
    public WebSocketBuilder maxBuffered(long bytes) {
        maxBuffered = bytes;
        return this;
    }

    /**
     * Follows so many redirects; 0 by default, as in a browser. Never from {@code wss} to {@code ws}; to another origin
     * no header of {@link #header} goes along, and no user and password of the URL, but the subprotocols do; and where
     * {@link #tls} was called, none to another origin is followed, since a client certificate would go along.
     *
     * @param most 0 to 20
     */
    public WebSocketBuilder followRedirects(int most) {
        redirects = most;
        return this;
    }

    /** Whether to offer permessage-deflate, as browsers do; true by default. */
    public WebSocketBuilder compression(boolean offered) {
        extensions = offered ? ClientSettings.DEFAULT.extensions() : List.of();
        return this;
    }

    /**
     * The extensions to offer instead, best first, such as {@code permessage-deflate; client_max_window_bits=10}. Any may be
     * offered, to see what the server makes of it; if it accepts another one than permessage-deflate, the connection fails.
     *
     * @throws IllegalArgumentException if one is not a name, maybe with parameters (RFC 6455 section 9.1)
     */
    public WebSocketBuilder extensions(String... offered) {
        List<Extension> parsed = new ArrayList<>();
        for (String extension : offered) {
            List<Extension> one = Extension.parse(List.of(extension)).orElse(List.of());
            if (one.isEmpty()) {
                throw new IllegalArgumentException(
                        "extension: expected a name, maybe with parameters, such as permessage-deflate;"
                                + " client_max_window_bits=10, got " + extension);
            }
            parsed.addAll(one);
        }
        extensions = List.copyOf(parsed);
        return this;
    }

    /** Shows the heads of the handshake, and every frame, as they pass. */
    public WebSocketBuilder frames(FrameTap tap) {
        frames = tap;
        return this;
    }

    /**
     * Connects, as the constructor of {@link WebSocket} does.
     *
     * @throws IllegalArgumentException as there, or if a setting is out of its range
     */
    public WebSocket connect() {
        return connect(protocols);
    }

    /** With these subprotocols instead of its own. */
    WebSocket connect(List<String> offered) {
        return WebSocket.connect(Address.of(url, offered), settings());
    }

    /**
     * Connects after {@code handlers} has set what it wants; events never wait for a handler.
     *
     * @throws IllegalArgumentException as {@link #connect}
     */
    public WebSocket open(Consumer<WebSocket> handlers) {
        return WebSocket.open(Address.of(url, protocols), settings(), handlers);
    }

    private ClientSettings settings() {
        return new ClientSettings(
                headers,
                tls,
                proxy,
                handshakeDeadline,
                closeDeadline,
                executor,
                maxMessage,
                maxBuffered,
                redirects,
                extensions,
                frames);
    }
}
