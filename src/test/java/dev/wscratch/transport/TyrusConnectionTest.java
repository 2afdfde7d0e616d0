package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Requests;
import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import jakarta.websocket.Decoder;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TyrusConnectionTest {
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());

    private static Consumer<Session> onOpen = session -> {};

    /** Takes whole messages as they are. */
    @ServerEndpoint("/whole/{room}")
    public static final class Whole {
        @OnOpen
        public void onOpen(Session session) {
            onOpen.accept(session);
        }

        @OnMessage
        public String onText(@PathParam("room") String room, String text) {
            TOLD.add("text " + text);
            return room + ": " + text;
        }

        @OnMessage
        public byte[] onBinary(byte[] bytes) {
            TOLD.add("bytes " + bytes.length);
            return bytes;
        }

        @OnError
        public void onError(Throwable error) {
            TOLD.add("error " + error.getMessage());
        }
    }

    /** Keeps what it is given. */
    @ServerEndpoint("/keep")
    public static final class Keep {
        private static final List<ByteBuffer> KEPT = new ArrayList<>();

        @OnMessage
        public void onBinary(ByteBuffer bytes) {
            KEPT.add(bytes);
        }
    }

    /** Turns a text around. */
    public static final class Backwards implements Decoder.Text<String> {
        @Override
        public String decode(String text) {
            return new StringBuilder(text).reverse().toString();
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    /** Has a decoder of its own for a type that needs none. */
    @ServerEndpoint(value = "/decoded", decoders = Backwards.class)
    public static final class Decoded {
        @OnMessage
        public String onText(String text) {
            return text;
        }
    }

    /** Reads streams. */
    @ServerEndpoint("/streams")
    public static final class Streams {
        @OnMessage
        public String onText(Reader text) throws IOException {
            StringBuilder all = new StringBuilder();
            for (int c = text.read(); c >= 0; c = text.read()) {
                all.append((char) c);
            }
            return all.toString();
        }

        @OnMessage
        public String onBinary(InputStream bytes) throws IOException {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Takes short texts. */
    @ServerEndpoint("/short")
    public static final class Limited {
        @OnMessage(maxMessageSize = 4)
        public String onText(String text) {
            return text;
        }
    }

    /** Lets nobody in. */
    public static final class Nobody extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            return false;
        }
    }

    /** Has a configurator that refuses every origin. */
    @ServerEndpoint(value = "/nobody", configurator = Nobody.class)
    public static final class ForNobody {}

    private final FakeTcp tcp = new FakeTcp();

    @BeforeEach
    void forget() {
        TOLD.clear();
        onOpen = session -> {};
    }

    private List<String> answers(Class<?> endpoint, String path, ByteBuffer... frames) throws Exception {
        InboundConnection connection = new InMemory(endpoint).webSocket(tcp, path);
        for (ByteBuffer frame : frames) {
            connection.received(frame);
        }
        return InMemory.frames(tcp.takeWritten());
    }

    @Test
    void aWholeMessageComesToItsHandlerWithPathParameters() throws Exception {
        assertThat(answers(
                        Whole.class,
                        "/whole/hall",
                        InMemory.text("zażółć €😀"),
                        InMemory.text(""),
                        InMemory.frame(Opcode.BINARY, new byte[] {1, 2})))
                .containsExactly("text hall: zażółć €😀", "text hall: ", "binary 0102");
    }

    @Test
    void aMessageInFragmentsIsOneMessageAndWholeOnesMayFollow() throws Exception {
        assertThat(answers(
                        Whole.class,
                        "/whole/hall",
                        fragment(false, Opcode.TEXT, "on"),
                        fragment(true, Opcode.CONTINUATION, "e"),
                        InMemory.text("two")))
                .containsExactly("text hall: one", "text hall: two");
    }

    private static ByteBuffer fragment(boolean fin, Opcode opcode, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        FrameHeader header = new FrameHeader(fin, false, false, false, opcode, true, 0x12345678, bytes.length);
        return FrameSerialiser.frame(header, ByteBuffer.wrap(bytes));
    }

    @Test
    void aBufferThatAnEndpointKeepsIsNotOverwrittenByTheNextRead() throws Exception {
        InboundConnection connection = new InMemory(Keep.class).webSocket(tcp, "/keep");
        byte[] read = InMemory.frame(Opcode.BINARY, new byte[] {7}).array();
        connection.received(ByteBuffer.wrap(read));
        Arrays.fill(read, (byte) 0);

        assertThat(Keep.KEPT).containsExactly(ByteBuffer.wrap(new byte[] {7}));
        Keep.KEPT.clear();
    }

    @Test
    void anEndpointsOwnDecoderIsAskedAlsoForAString() throws Exception {
        assertThat(answers(Decoded.class, "/decoded", InMemory.text("abc"))).containsExactly("text cba");
    }

    @Test
    void streamsAndReadersAreFedByTyrus() throws Exception {
        assertThat(answers(Streams.class, "/streams", InMemory.text("żó"), InMemory.frame(Opcode.BINARY, new byte[] {
                    'a', 'b'
                })))
                .containsExactly("text żó", "text ab");
    }

    @Test
    void anAnnotationsMessageLimitHolds() throws Exception {
        assertThat(answers(Limited.class, "/short", InMemory.text("abcd"), InMemory.text("abcde")))
                .startsWith("text abcd")
                .element(1)
                .asString()
                .startsWith("close 1009");
    }

    @Test
    void aHandlerThatIsReplacedIsNotCalledAnyMore() throws Exception {
        onOpen = session -> {
            for (MessageHandler handler : session.getMessageHandlers()) {
                session.removeMessageHandler(handler);
            }
            session.addMessageHandler(String.class, text -> {
                TOLD.add("first " + text);
                session.getMessageHandlers().forEach(session::removeMessageHandler);
                session.addMessageHandler(String.class, next -> TOLD.add("second " + next));
            });
        };

        answers(Whole.class, "/whole/hall", InMemory.text("a"), InMemory.text("b"));

        assertThat(TOLD).containsExactly("first a", "second b");
    }

    /** Found by review: it was 1011, as if the server had failed (RFC 6455 section 7.4.1). */
    @Test
    void aTextForAnEndpointOfBinaryMessagesIsUnsupported() throws Exception {
        assertThat(answers(Keep.class, "/keep", InMemory.text("a")))
                .containsExactly("close 1003 this endpoint takes binary messages only, got a text one");
    }

    @Test
    void aBinaryMessageForAnEndpointOfDecodedTextsIsUnsupported() throws Exception {
        assertThat(answers(Decoded.class, "/decoded", InMemory.frame(Opcode.BINARY, new byte[300])))
                .containsExactly("close 1003 this endpoint takes text messages only, got a binary one");
    }

    @Test
    void itsFirstFragmentIsEnough() throws Exception {
        assertThat(answers(Limited.class, "/short", fragment(false, Opcode.BINARY, "abc")))
                .containsExactly("close 1003 this endpoint takes text messages only, got a binary one");
    }

    @Test
    void anEndpointWithoutHandlersTakesNothing() throws Exception {
        onOpen = session -> session.getMessageHandlers().forEach(session::removeMessageHandler);

        assertThat(answers(Whole.class, "/whole/hall", InMemory.text("a")))
                .containsExactly("close 1003 this endpoint takes no messages, got a text one");
        assertThat(TOLD).as("no callback failed").isEmpty();
    }

    @Test
    void aProgrammaticHandlerThatThrowsClosesTheSession() throws Exception {
        onOpen = session -> {
            session.getMessageHandlers().forEach(session::removeMessageHandler);
            session.addMessageHandler(String.class, text -> {
                throw new IllegalStateException("a secret");
            });
        };

        assertThat(answers(Whole.class, "/whole/hall", InMemory.text("a")))
                .containsExactly("close 1011 internal error");
    }

    /** Found by review: their types are told to Tyrus alone, and looking at them again failed each message. */
    @ParameterizedTest
    @ValueSource(longs = {0, 60_000})
    void handlersThatAreLambdasTakeTextAndBytes(long idleMillis) throws Exception {
        onOpen = session -> {
            session.setMaxIdleTimeout(idleMillis);
            session.getMessageHandlers().forEach(session::removeMessageHandler);
            session.addMessageHandler(String.class, text -> TOLD.add("lambda text " + text));
            session.addMessageHandler(byte[].class, bytes -> TOLD.add("lambda bytes " + bytes.length));
        };

        assertThat(answers(Whole.class, "/whole/hall", InMemory.text("a"), InMemory.frame(Opcode.BINARY, new byte[3])))
                .isEmpty();
        assertThat(TOLD).containsExactly("lambda text a", "lambda bytes 3");
    }

    /** Found by review: an Error went past {@code @OnError} and out of the server's own code. */
    @Test
    void aProgrammaticHandlerThatThrowsAnErrorClosesTheSession() throws Exception {
        onOpen = session -> {
            session.getMessageHandlers().forEach(session::removeMessageHandler);
            // Of a lambda the type cannot be told, so Tyrus would call it.
            session.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String text) {
                    throw new AssertionError("a secret");
                }
            });
        };

        assertThat(answers(Whole.class, "/whole/hall", InMemory.text("a")))
                .containsExactly("close 1011 internal error");
        assertThat(TOLD).containsExactly("error a secret");
    }

    @Test
    void aSessionWithAnIdleTimeoutOfItsOwnStillGetsItsMessages() throws Exception {
        onOpen = session -> session.setMaxIdleTimeout(60_000);

        assertThat(answers(Whole.class, "/whole/hall", InMemory.text("a"))).containsExactly("text hall: a");
    }

    @Test
    void aConfiguratorMayRefuseAnOrigin() throws Exception {
        InboundConnection connection = new InMemory(ForNobody.class).accept(tcp);
        connection.received(ByteBuffer.wrap(Requests.handshake("/nobody")));

        assertThat(tcp.takeText()).startsWith("HTTP/1.1 403 ");
    }
}
