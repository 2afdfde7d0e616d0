package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.RawPeer.Frame;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Zlib;
import dev.wscratch.wire.OriginPolicy;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks on from outside: the tap and the raw connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class HooksIT {
    @ServerEndpoint("/upper")
    public static class Upper {
        @OnMessage
        public String onMessage(String message) {
            return message.toUpperCase(java.util.Locale.ROOT);
        }
    }

    /** Keeps a copy of every byte. */
    private static final class Recorder implements ConnectionTap {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

        private static void copy(ByteBuffer from, ByteArrayOutputStream to) {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            to.writeBytes(bytes);
        }

        @Override
        public void received(ByteBuffer bytes) {
            assertThat(bytes.isReadOnly()).isTrue();
            copy(bytes, received);
        }

        @Override
        public void sent(ByteBuffer bytes) {
            assertThat(bytes.isReadOnly()).isTrue();
            copy(bytes, sent);
        }

        @Override
        public void ended(String cause) {
            ended.add(cause);
        }
    }

    private final Scheme scheme;

    HooksIT(Scheme scheme) {
        this.scheme = scheme;
    }

    private int port(WebSocketTransport transport) {
        return scheme == Scheme.WS ? transport.port() : transport.tlsPort();
    }

    private WebSocketTransport start(Hooks hooks) throws Exception {
        return start(hooks, 0);
    }

    private WebSocketTransport start(Hooks hooks, int workers) throws Exception {
        TransportSettings settings = new TransportSettings(
                "127.0.0.1",
                scheme == Scheme.WS ? 0 : -1,
                scheme == Scheme.WS ? null : Scheme.tls(),
                Limits.DEFAULT,
                Deadlines.DEFAULT,
                OriginPolicy.SAME_ORIGIN,
                TrustedProxies.NONE,
                workers);
        return WebSocketTransport.start(
                settings, List.of(Upper.class), head -> HttpResponse.text(404, "not found"), hooks);
    }

    @Test
    void aTapSeesEveryByteAsItWasOnTheWire() throws Exception {
        Recorder tap = new Recorder();
        Hooks hooks = new Hooks(TransportMetrics.NONE, (head, secure) -> tap, RawConnection.Source.NONE);
        try (WebSocketTransport transport = start(hooks)) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            String response;
            try (RawPeer peer = scheme.connect(port(transport))) {
                String request = RawPeer.request(port(transport), "/upper");
                byte[] hello = RawPeer.frame(0x81, "hello".getBytes(ISO_8859_1));
                // One frame travels with the handshake.
                sent.writeBytes(request.getBytes(ISO_8859_1));
                sent.writeBytes(hello);
                peer.send(sent.toByteArray());
                response = peer.readHead();
                assertThat(peer.readFrame().text()).isEqualTo("HELLO");
                sent.writeBytes(hello);
                peer.send(hello);
                assertThat(peer.readFrame().text()).isEqualTo("HELLO");
                byte[] close = RawPeer.frame(0x88, new byte[] {3, (byte) 0xE8});
                sent.writeBytes(close);
                peer.send(close);
                assertThat(peer.readClose().closeCode()).isEqualTo(1000);
                assertThat(peer.readsEnd()).isTrue();
            }
            assertThat(tap.ended.poll(10, TimeUnit.SECONDS)).contains("TCP");
            assertThat(tap.received.toByteArray()).isEqualTo(sent.toByteArray());
            String expected = response + "\u0081\u0005HELLO" + "\u0081\u0005HELLO" + "\u0088\u0002\u0003\u00E8";
            assertThat(tap.sent.toString(ISO_8859_1)).isEqualTo(expected);
        }
    }

    /** Lists what it is told of the session. */
    private static final class Opening implements ConnectionTap {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void received(ByteBuffer bytes) {}

        @Override
        public void upgraded(FrameSender frames) {
            told.add("upgraded");
        }

        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void sent(ByteBuffer bytes) {}

        @Override
        public void ended(String cause) {
            told.add("ended");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aTapIsToldWhenTheSessionHasOpened(int workers) throws Exception {
        Opening tap = new Opening();
        Hooks hooks = new Hooks(TransportMetrics.NONE, (head, secure) -> tap, RawConnection.Source.NONE);
        try (WebSocketTransport transport = start(hooks, workers)) {
            try (RawPeer peer = scheme.connect(port(transport))) {
                peer.handshake("/upper");
                for (String expected : List.of("upgraded", "opened")) {
                    assertThat(tap.told.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
                }
            }
            assertThat(tap.told.poll(10, TimeUnit.SECONDS)).isEqualTo("ended");
        }
    }

    /** Throws at every frame. */
    private static final class Thrower implements ConnectionTap {
        final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

        @Override
        public void received(ByteBuffer bytes) {
            if (bytes.get(0) != 'G') {
                throw new AssertionError("of a test");
            }
        }

        @Override
        public void sent(ByteBuffer bytes) {}

        @Override
        public void ended(String cause) {
            ended.add(cause);
        }
    }

    /** Found by review: an Error while reading was caught nowhere. */
    @Test
    void anErrorWhileReadingEndsThatConnectionAndSaysWhy() throws Exception {
        Thrower tap = new Thrower();
        Hooks hooks = new Hooks(TransportMetrics.NONE, (head, secure) -> tap, RawConnection.Source.NONE);
        try (WebSocketTransport transport = start(hooks);
                RawPeer peer = scheme.connect(port(transport))) {
            peer.send(RawPeer.request(port(transport), "/upper").getBytes(ISO_8859_1));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            peer.send(RawPeer.frame(0x81, "hello".getBytes(ISO_8859_1)));
            assertThat(tap.ended.poll(10, TimeUnit.SECONDS)).contains("AssertionError");
        }
    }

    @Test
    void aTapSeesCompressedFramesAsTheyTravel() throws Exception {
        Recorder tap = new Recorder();
        Hooks hooks = new Hooks(TransportMetrics.NONE, (head, secure) -> tap, RawConnection.Source.NONE);
        byte[] message = "some text ".repeat(20).getBytes(ISO_8859_1);
        String response;
        byte[] sent;
        Frame answer;
        try (CompressingServer server = new CompressingServer(scheme, Limits.DEFAULT, 0, hooks)) {
            try (RawPeer peer = server.connect();
                    Zlib zlib = new Zlib()) {
                response = peer.handshake("/deflate", CompressingServer.OFFER);
                sent = RawPeer.frame(0xC1, zlib.deflate(message));
                peer.send(sent);
                answer = peer.readFrame();
                assertThat(zlib.inflate(answer.payload())).isEqualTo(message);
            }
            assertThat(tap.ended.poll(10, TimeUnit.SECONDS)).contains("TCP");
        }
        assertThat(tap.received.toString(ISO_8859_1)).endsWith("\r\n\r\n" + new String(sent, ISO_8859_1));
        assertThat(sent).hasSizeLessThan(message.length);
        String frame = "\u00C1" + (char) answer.payload().length + new String(answer.payload(), ISO_8859_1);
        assertThat(tap.sent.toString(ISO_8859_1)).isEqualTo(response + frame);
    }

    @Test
    void aRawHandlerDecidesEveryByteFromTheResponseHeadOn() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        RawConnection.Source raw = head -> !head.path().equals("/raw")
                ? null
                : new RawConnection.Handler() {
                    private RawConnection connection;

                    @Override
                    public void start(RawConnection mine) {
                        connection = mine;
                        mine.write(ByteBuffer.wrap("nonsense\r\n\r\n".getBytes(ISO_8859_1)));
                    }

                    @Override
                    public void received(ByteBuffer bytes) {
                        events.add(ISO_8859_1.decode(bytes).toString());
                        connection.after(Duration.ofMillis(20), () -> {
                            connection.write(ByteBuffer.wrap("bye".getBytes(ISO_8859_1)));
                            connection.close();
                        });
                    }

                    @Override
                    public void gone() {
                        events.add("gone");
                    }
                };
        try (WebSocketTransport transport = start(new Hooks(TransportMetrics.NONE, ConnectionTap.Source.NONE, raw));
                RawPeer peer = scheme.connect(port(transport));
                RawPeer usual = scheme.open(port(transport), "/upper")) {
            assertThat(peer.handshake("/raw")).isEqualTo("nonsense\r\n\r\n");
            peer.send("hello");
            assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(peer.readRest()).asString(ISO_8859_1).isEqualTo("bye");
            assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("gone");
            usual.sendText("still here");
            assertThat(usual.readFrame().text()).isEqualTo("STILL HERE");
        }
    }
}
