package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.endpoint.Deflate;
import dev.wscratch.endpoint.Deployment;
import dev.wscratch.endpoint.Echo;
import dev.wscratch.endpoint.SeedEcho;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Zlib;
import dev.wscratch.wire.OriginPolicy;
import jakarta.websocket.Extension;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A transport with endpoints that compress and some that do not, and peers for it. */
final class CompressingServer implements AutoCloseable {
    static final int LIMIT = 1 << 20;
    static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final String ANSWER = "Sec-WebSocket-Extensions: ";
    private static final int COMPRESSED = 0x40;

    /** Says nothing about extensions. */
    @ServerEndpoint("/silent")
    public static class Silent {
        @OnMessage
        public String onMessage(String message) {
            return message;
        }
    }

    /** Builds itself, unlike the endpoints that are given a deployment. */
    public static class Asking extends ServerEndpointConfig.Configurator {
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return requested;
        }
    }

    /** Answers in three fragments, the middle one empty, and before them with what it was told about extensions. */
    @ServerEndpoint(value = "/parts", configurator = Asking.class)
    public static class Parts {
        @OnMessage
        public void onMessage(String message, Session session) throws IOException {
            session.getBasicRemote()
                    .sendText(session.getNegotiatedExtensions().stream()
                            .map(extension -> extension.getName()
                                    + extension.getParameters().stream()
                                            .map(parameter -> " " + parameter.getName() + "=" + parameter.getValue())
                                            .collect(Collectors.joining()))
                            .toList()
                            .toString());
            session.getBasicRemote().sendText(message, false);
            session.getBasicRemote().sendText("", false);
            session.getBasicRemote().sendText(message, true);
        }
    }

    private final Scheme scheme;
    private final WebSocketTransport transport;

    /** With messages of up to {@link #LIMIT}, on selector threads. */
    CompressingServer(Scheme scheme) throws Exception {
        this(scheme, Limits.DEFAULT.withMaxMessage(LIMIT), 0);
    }

    CompressingServer(Scheme scheme, Limits limits, int workers) throws Exception {
        this(scheme, limits, workers, Hooks.NONE);
    }

    CompressingServer(Scheme scheme, Limits limits, int workers, Hooks hooks) throws Exception {
        this.scheme = scheme;
        TransportSettings settings = new TransportSettings(
                "127.0.0.1",
                scheme == Scheme.WS ? 0 : -1,
                scheme == Scheme.WS ? null : Scheme.tls(),
                limits,
                Deadlines.DEFAULT,
                OriginPolicy.SAME_ORIGIN,
                TrustedProxies.NONE,
                workers);
        transport = new Deployment(limits.maxMessage())
                .whileStarting(() -> WebSocketTransport.start(
                        settings,
                        List.of(SeedEcho.class, Echo.class, Deflate.class, Silent.class, Parts.class),
                        head -> HttpResponse.text(404, "not found"),
                        hooks));
    }

    RawPeer connect() throws IOException {
        return scheme.connect(scheme == Scheme.WS ? transport.port() : transport.tlsPort());
    }

    /** A peer after its 101. */
    RawPeer open(String path, String... offers) throws IOException {
        RawPeer peer = connect();
        assertThat(peer.handshake(path, offers)).startsWith("HTTP/1.1 101 ");
        return peer;
    }

    /** What the handshake answers to these headers. */
    String answered(String path, String... offers) throws IOException {
        try (RawPeer peer = connect()) {
            return peer.handshake(path, offers)
                    .lines()
                    .filter(line -> line.startsWith(ANSWER))
                    .map(line -> line.substring(ANSWER.length()))
                    .collect(Collectors.joining(" and "));
        }
    }

    /** One message, which must be compressed if, and only if, it is long. */
    static byte[] read(RawPeer peer, Zlib zlib) throws Exception {
        Frame frame = peer.readFrame();
        assertThat(frame.firstByte() & 0xBF).isEqualTo(0x81);
        boolean compressed = (frame.firstByte() & COMPRESSED) != 0;
        byte[] message = compressed ? zlib.inflate(frame.payload()) : frame.payload();
        assertThat(compressed).isEqualTo(message.length >= Compression.THRESHOLD);
        return message;
    }

    DeflateBudget budget() {
        return transport.deflate();
    }

    @Override
    public void close() {
        transport.close();
    }
}
