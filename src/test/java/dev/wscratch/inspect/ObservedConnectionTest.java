package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.JsonValue;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Zlib;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far compressed messages are inflated to be looked at. */
class ObservedConnectionTest {
    private static final String LAB = "0123456789abcdef0123456789abcdef";
    private static final String REQUEST =
            "GET / HTTP/1.1\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n\r\n";
    private static final String ANSWER =
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    /** Less than to what a server's messages are inflated at least. */
    private static final int MOST_RECEIVED = 1 << 20;

    private final Labs labs = new Labs(new About(true, "1", MOST_RECEIVED, 100, true, -1, 100));
    private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();

    private Watcher watcher;

    @BeforeEach
    void watch() {
        watcher = labs.watch(LAB, null, new Outlet() {
            @Override
            @SuppressWarnings("unchecked") // The list of events is one of objects.
            public void send(Report report, Runnable done) {
                Map<String, Object> message = JsonValue.object(ReportWriter.json(report));
                if (message.get("type").equals("events")) {
                    events.addAll((List<Map<String, Object>>) message.get("list"));
                }
                done.run();
            }

            @Override
            public void tooSlow() {
                throw new AssertionError("it reads everything at once");
            }

            @Override
            public void end(int code, String reason) {
                throw new AssertionError("expected to watch on, got " + code + " " + reason);
            }
        });
    }

    @AfterEach
    void close() {
        labs.close();
    }

    private Observation upgraded() {
        return upgraded(1);
    }

    private Observation upgraded(int connection) {
        Observation observation = labs.observe(new Mark(LAB, connection), false);
        assertThat(observation).isNotNull();
        observation.received(bytes(REQUEST));
        observation.sent(bytes(ANSWER));
        return observation;
    }

    private List<Map<String, Object>> frames(int count) {
        Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(2 + count));
        return new ArrayList<>(events).subList(2, 2 + count);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    /** One that says {@code RSV1} and is not masked. */
    private static ByteBuffer fromServer(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(FrameSerialiser.headerLength(payload.length, false) + payload.length);
        FrameSerialiser.writeHeader(frame, true, true, Opcode.BINARY, payload.length);
        frame.put(payload);
        return frame.flip();
    }

    @Test
    void aServersMessageIsInflatedBeyondWhatTheServerItselfTakes() throws Exception {
        try (Zlib zlib = new Zlib()) {
            upgraded().sent(fromServer(zlib.deflate(new byte[2 * MOST_RECEIVED])));
        }
        assertThat(frames(1).get(0))
                .containsEntry("inflatedLength", 2L * MOST_RECEIVED)
                .doesNotContainKey("broken");
    }

    @Test
    void aServersBombIsShownAsItTravelsAndNotHeldAgainstTheServer() throws Exception {
        Observation observation = upgraded();
        try (Zlib zlib = new Zlib()) {
            observation.sent(fromServer(zlib.deflate(new byte[(4 << 20) + 1])));
            observation.sent(fromServer(zlib.deflate(new byte[1])));
        }
        for (Map<String, Object> frame : frames(2)) {
            assertThat(frame).doesNotContainKeys("broken", "inflated").containsEntry("from", "server");
        }
    }

    @Test
    void aClientsBombBreaksTheServersRule() throws Exception {
        try (Zlib zlib = new Zlib()) {
            upgraded().received(ByteBuffer.wrap(RawPeer.frame(0xC2, zlib.deflate(new byte[MOST_RECEIVED + 1]))));
        }
        assertThat(frames(1).get(0)).containsEntry("broken", "MESSAGE_TOO_BIG").doesNotContainKey("inflated");
    }

    /** Five bytes, the first message of a connection. */
    private static byte[] five() {
        try (Zlib zlib = new Zlib()) {
            return zlib.deflate(new byte[5]);
        }
    }

    /** Found by review: what the inspector inflates was bounded by nothing but its watchers' number. */
    @Test
    void pastSoManyDirectionsMessagesAreShownAsTheyTravel() {
        assertThat(labs.inflaters().tryAcquire(Labs.MOST_INFLATED - 1)).isTrue();
        Observation first = upgraded(1);
        Observation second = upgraded(2);
        first.sent(fromServer(five()));
        second.sent(fromServer(five()));
        Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(6));
        assertThat(events.get(4)).containsEntry("inflatedLength", 5L);
        assertThat(events.get(5)).doesNotContainKeys("inflated", "broken");
        first.ended("gone");
        upgraded(3).sent(fromServer(five()));
        Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(10));
        assertThat(events.get(9)).containsEntry("inflatedLength", 5L);
    }

    @Test
    void theInflatersOfAPageThatLeavesAreFreeAtOnce() {
        Observation observation = upgraded();
        observation.sent(fromServer(five()));
        observation.received(ByteBuffer.wrap(RawPeer.frame(0xC2, five())));
        assertThat(labs.inflaters().availablePermits()).isEqualTo(Labs.MOST_INFLATED - 2);
        watcher.leave();
        assertThat(labs.inflaters().availablePermits()).isEqualTo(Labs.MOST_INFLATED);
        observation.ended("gone");
        assertThat(labs.inflaters().availablePermits()).isEqualTo(Labs.MOST_INFLATED);
    }

    @Test
    void nothingIsInflatedAfterAClose() {
        Observation observation = upgraded();
        observation.sent(fromServer(five()));
        observation.sent(bytes("\u0088\u0000"));
        assertThat(labs.inflaters().availablePermits()).isEqualTo(Labs.MOST_INFLATED);
    }
}
