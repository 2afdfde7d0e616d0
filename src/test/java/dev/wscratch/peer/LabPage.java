package dev.wscratch.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** What a page does with the inspector: watches its lab, marks its connections, reads events and answers in their order. */
public final class LabPage implements AutoCloseable {
    private static final Random RANDOM = new Random();

    private final String lab;
    private final RawPeer peer;
    private final Deque<Map<String, Object>> events = new ArrayDeque<>();

    private LabPage(String lab, RawPeer peer) {
        this.lab = lab;
        this.peer = peer;
    }

    /** Connects, and does not watch yet. */
    public static LabPage connect(Scheme scheme, int port) throws IOException {
        return connect(scheme, port, "/inspect");
    }

    public static LabPage connect(Scheme scheme, int port, String path, String... headers) throws IOException {
        RawPeer peer = scheme.connect(port);
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Sec-WebSocket-Protocol: wscratch.inspect.v1";
        assertThat(peer.handshake(path, all))
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("Sec-WebSocket-Protocol: wscratch.inspect.v1");
        return new LabPage(String.format("%016x%016x", RANDOM.nextLong(), RANDOM.nextLong()), peer);
    }

    public static LabPage watch(Scheme scheme, int port, String... headers) throws IOException {
        LabPage page = connect(scheme, port, "/inspect", headers);
        assertThat(page.watch()).containsEntry("type", "watching");
        return page;
    }

    /** Says so; the answer. */
    public Map<String, Object> watch() throws IOException {
        return watch(lab);
    }

    /** Watches another's. */
    public Map<String, Object> watch(String of) throws IOException {
        say("{\"type\":\"watch\",\"lab\":\"" + of + "\"}");
        return answer();
    }

    public String lab() {
        return lab;
    }

    /** The path with the mark of this page's connection. */
    public String marked(String path, int connection) {
        return path + (path.contains("?") ? "&" : "?") + "lab=" + lab + "." + connection;
    }

    public void say(String json) throws IOException {
        peer.send(RawPeer.frame(0x81, json.getBytes(UTF_8)));
    }

    /** The next message that is no event; events before it are kept. */
    public Map<String, Object> answer() throws IOException {
        while (true) {
            Map<String, Object> message = read();
            if (!message.get("type").equals("events")) {
                return message;
            }
            keep(message);
        }
    }

    private Map<String, Object> read() throws IOException {
        return JsonValue.object(peer.readDataFrame().text());
    }

    @SuppressWarnings("unchecked") // The list of events is one of objects.
    private void keep(Map<String, Object> message) {
        events.addAll((List<Map<String, Object>>) message.get("list"));
    }

    /** The next event; anything else in between fails. */
    public Map<String, Object> event() throws IOException {
        while (events.isEmpty()) {
            Map<String, Object> message = read();
            assertThat(message).containsEntry("type", "events");
            keep(message);
        }
        return events.remove();
    }

    /** All events up to the first that is asked for, that one included. */
    public List<Map<String, Object>> eventsUntil(Predicate<Map<String, Object>> last) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        do {
            all.add(event());
        } while (!last.test(all.get(all.size() - 1)));
        return all;
    }

    public List<Map<String, Object>> eventsUntilEnd() throws IOException {
        return eventsUntil(event -> "ended".equals(event.get("event")));
    }

    /** The bytes in a field. */
    public static byte[] bytes(Map<String, Object> event, String field) {
        return Base64.getDecoder().decode((String) event.get(field));
    }

    public RawPeer peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
