package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer.Connection;
import dev.wscratch.ScriptedServer.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The WHATWG WebSockets standard as two tables: what each call does in each state (section 3.1), and what each thing that
 * the server can do means in each state (sections 3.1 and 4).
 */
@Timeout(30)
class StandardTest {
    private static final String LONGEST = "é".repeat(61) + "x";

    private interface Call {
        void on(WebSocket socket);
    }

    private static final Map<String, Call> CALLS = Map.ofEntries(
            Map.entry("send text", s -> s.send("é")),
            Map.entry("send half a pair", s -> s.send("\ud800")),
            Map.entry("send bytes", s -> s.send(ByteBuffer.wrap(new byte[] {1, 2, 3}))),
            Map.entry("send nothing", s -> s.send("")),
            Map.entry("close", WebSocket::close),
            Map.entry("close 1000", s -> s.close(1000)),
            Map.entry("close 3000", s -> s.close(3000, LONGEST)),
            Map.entry("close 4999", s -> s.close(4999, "\udc00")),
            Map.entry("close 1001", s -> s.close(1001)),
            Map.entry("close 1005", s -> s.close(1005)),
            Map.entry("close 2999", s -> s.close(2999)),
            Map.entry("close 5000", s -> s.close(5000)),
            Map.entry("close -1", s -> s.close(-1)),
            Map.entry("close 66536", s -> s.close(66_536)),
            Map.entry("close 1000 with 124 bytes", s -> s.close(1000, LONGEST + "x")));

    /** What the server sees or what is thrown, and by how much bufferedAmount has grown for good. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
        call                      | CONNECTING   | OPEN                  | CLOSING      | CLOSED
        send text                 | wrong state  | text é                | buffered +2  | buffered +2
        send half a pair          | wrong state  | text \ufffd           | buffered +3  | buffered +3
        send bytes                | wrong state  | binary 3 bytes        | buffered +3  | buffered +3
        send nothing              | wrong state  | text                  | nothing      | nothing
        close                     | given up     | close 1005            | nothing      | nothing
        close 1000                | given up     | close 1000            | nothing      | nothing
        close 3000                | given up     | close 3000, 123 bytes | nothing      | nothing
        close 4999                | given up     | close 4999, 3 bytes   | nothing      | nothing
        close 1001                | wrong value  | wrong value           | wrong value  | wrong value
        close 1005                | wrong value  | wrong value           | wrong value  | wrong value
        close 2999                | wrong value  | wrong value           | wrong value  | wrong value
        close 5000                | wrong value  | wrong value           | wrong value  | wrong value
        close -1                  | wrong value  | wrong value           | wrong value  | wrong value
        close 66536               | wrong value  | wrong value           | wrong value  | wrong value
        close 1000 with 124 bytes | wrong value  | wrong value           | wrong value  | wrong value
        """)
    void eachCallInEachState(String call, String connecting, String open, String closing, String closed)
            throws Exception {
        assertThat(outcome(call, ReadyState.CONNECTING)).isEqualTo(connecting);
        assertThat(outcome(call, ReadyState.OPEN)).isEqualTo(open);
        assertThat(outcome(call, ReadyState.CLOSING)).isEqualTo(closing);
        assertThat(outcome(call, ReadyState.CLOSED)).isEqualTo(closed);
    }

    private static String outcome(String call, ReadyState state) throws Exception {
        try (Puppet puppet = Puppet.start()) {
            EventLog log = new EventLog();
            WebSocket socket = puppet.client(state, log);
            assertThat(socket.readyState()).isEqualTo(state);
            try {
                CALLS.get(call).on(socket);
            } catch (IllegalStateException e) {
                return leave(puppet, socket, "wrong state");
            } catch (IllegalArgumentException e) {
                return leave(puppet, socket, "wrong value");
            }
            return switch (state) {
                case CONNECTING -> {
                    assertThat(socket.readyState()).isIn(ReadyState.CLOSING, ReadyState.CLOSED);
                    assertThat(puppet.peer().ended()).isTrue();
                    assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
                    assertThat(log.types()).containsExactly("error", "close");
                    yield "given up";
                }
                case OPEN -> leave(puppet, socket, seen(puppet.peer().frame()));
                case CLOSING -> {
                    String grown = grown(socket);
                    puppet.peer().hex("88 00");
                    assertThat(puppet.peer().ended())
                            .as("nothing more was sent")
                            .isTrue();
                    yield grown;
                }
                case CLOSED -> grown(socket);
            };
        }
    }

    private static String grown(WebSocket socket) {
        return socket.bufferedAmount() == 0 ? "nothing" : "buffered +" + socket.bufferedAmount();
    }

    private static String seen(Frame frame) {
        return switch (frame.opcode()) {
            case 1 -> ("text " + frame.text()).strip();
            case 2 -> "binary " + frame.payload().length + " bytes";
            default ->
                "close " + frame.closeCode()
                        + (frame.payload().length > 2 ? ", " + (frame.payload().length - 2) + " bytes" : "");
        };
    }

    /** Ends what is still alive, so that no connection of the test outlives it. */
    private static String leave(Puppet puppet, WebSocket socket, String outcome) throws Exception {
        if (socket.readyState() != ReadyState.CLOSED) {
            puppet.peer().reset();
        }
        EventLog.end(socket);
        return outcome;
    }

    /** What the handlers are told, in which state, when the server does one thing and then ends TCP. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        CONNECTING | EOF         |                       | error CLOSED, close 1006 false CLOSED
        CONNECTING | RST         |                       | error CLOSED, close 1006 false CLOSED
        CONNECTING | other HTTP  |                       | error CLOSED, close 1006 false CLOSED
        OPEN       | text        | 81 02 68 69           | message OPEN, error CLOSED, close 1006 false CLOSED
        OPEN       | binary      | 82 01 00              | message OPEN, error CLOSED, close 1006 false CLOSED
        OPEN       | fragments   | 01 01 68 80 01 69     | message OPEN, error CLOSED, close 1006 false CLOSED
        OPEN       | half        | 01 01 68              | error CLOSED, close 1006 false CLOSED
        OPEN       | pong        | 8a 00                 | error CLOSED, close 1006 false CLOSED
        OPEN       | close 4001  | 88 04 0f a1 6f 6b     | close 4001 true CLOSED
        OPEN       | close       | 88 00                 | close 1005 true CLOSED
        OPEN       | close, text | 88 00 81 01 61        | close 1005 true CLOSED
        OPEN       | close 1006  | 88 02 03 ee           | error CLOSED, close 1006 false CLOSED
        OPEN       | half a code | 88 01 03              | error CLOSED, close 1006 false CLOSED
        OPEN       | masked      | 81 81 00 00 00 00 61  | error CLOSED, close 1006 false CLOSED
        OPEN       | reserved    | 83 00                 | error CLOSED, close 1006 false CLOSED
        OPEN       | RSV1        | c1 00                 | error CLOSED, close 1006 false CLOSED
        OPEN       | bad UTF-8   | 81 01 ff              | error CLOSED, close 1006 false CLOSED
        OPEN       | EOF         |                       | error CLOSED, close 1006 false CLOSED
        OPEN       | RST         |                       | error CLOSED, close 1006 false CLOSED
        CLOSING    | text        | 81 02 68 69           | error CLOSED, close 1006 false CLOSED
        CLOSING    | ping        | 89 00                 | error CLOSED, close 1006 false CLOSED
        CLOSING    | close 4001  | 88 04 0f a1 6f 6b     | close 4001 true CLOSED
        CLOSING    | close       | 88 00                 | close 1005 true CLOSED
        CLOSING    | text, close | 81 01 61 88 02 03 e8  | close 1000 true CLOSED
        CLOSING    | masked      | 81 81 00 00 00 00 61  | error CLOSED, close 1006 false CLOSED
        CLOSING    | EOF         |                       | error CLOSED, close 1006 false CLOSED
        CLOSING    | RST         |                       | error CLOSED, close 1006 false CLOSED
        CLOSED     | EOF         |                       | ''
        """)
    void eachThingThatTheServerDoesInEachState(ReadyState state, String does, String hex, String events)
            throws Exception {
        EventLog log = new EventLog();
        WebSocket socket;
        int before;
        try (Puppet puppet = Puppet.start()) {
            socket = puppet.client(state, log);
            before = log.types().size();
            serve(puppet.peer(), does, hex);
        }
        EventLog.end(socket);
        assertThat(String.join(
                        ", ", log.typesAndStates().subList(before, log.types().size())))
                .isEqualTo(events);
    }

    private static void serve(Connection peer, String does, String hex) throws Exception {
        switch (does) {
            case "EOF" -> {}
            case "RST" -> peer.reset();
            case "other HTTP" -> peer.text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            default -> peer.hex(hex);
        }
    }

    @Test
    void aPingIsAnsweredAndNobodyIsTold() throws Exception {
        try (Puppet puppet = Puppet.start()) {
            EventLog log = new EventLog();
            WebSocket socket = puppet.client(ReadyState.OPEN, log);
            puppet.peer().hex("89 01 61");
            assertThat(puppet.peer().frame()).isEqualTo(new Frame(true, 10, true, ByteBuffer.wrap(new byte[] {'a'})));
            assertThat(log.types()).containsExactly("open");
            leave(puppet, socket, "");
        }
    }

    @Test
    void theServersCloseMakesTheStateClosingBeforeTheEnd() throws Exception {
        try (Puppet puppet = Puppet.start()) {
            EventLog log = new EventLog();
            WebSocket socket = puppet.client(ReadyState.OPEN, log);
            puppet.peer().hex("88 02 03 e8");
            org.awaitility.Awaitility.await().until(() -> socket.readyState() != ReadyState.OPEN);
            socket.send("dropped");
            assertThat(socket.bufferedAmount()).isEqualTo(7);
            assertThat(puppet.peer().frame().closeCode()).isEqualTo(1000);
            assertThat(puppet.peer().ended()).isTrue();
            assertThat(EventLog.end(socket).wasClean()).isTrue();
        }
    }

    @Test
    void bufferedAmountCountsTheBytesOfTheTextUntilTheyHaveLeft() throws Exception {
        try (Puppet puppet = Puppet.start()) {
            WebSocket socket = puppet.client(ReadyState.OPEN, new EventLog());
            String many = "é".repeat(8 << 20);
            socket.send(many);
            assertThat(socket.bufferedAmount())
                    .as("more than the sockets between us can hold")
                    .isEqualTo(16 << 20);
            assertThat(puppet.peer().frame().payload()).hasSize(16 << 20);
            org.awaitility.Awaitility.await().until(() -> socket.bufferedAmount() == 0);
            leave(puppet, socket, "");
        }
    }

    @Test
    void binaryTypeSaysWhatTheNextMessageIsGivenAs() throws Exception {
        try (Puppet puppet = Puppet.start()) {
            EventLog log = new EventLog();
            WebSocket socket = puppet.client(ReadyState.OPEN, log);
            List<Object> data = new java.util.concurrent.CopyOnWriteArrayList<>();
            socket.onmessage(e -> {
                assertThat(e.origin()).isEqualTo(puppet.url().replace("/echo", ""));
                data.add(e.data());
                socket.binaryType(BinaryType.BYTE_ARRAY);
            });
            assertThat(socket.binaryType()).isEqualTo(BinaryType.BYTE_BUFFER);
            puppet.peer().hex("82 01 07 82 01 08");
            org.awaitility.Awaitility.await().until(() -> data.size() == 2);
            assertThat(data.get(0)).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
            assertThat(data.get(1)).isEqualTo(new byte[] {8});
            leave(puppet, socket, "");
        }
    }
}
