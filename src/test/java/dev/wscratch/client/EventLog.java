package dev.wscratch.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Writes down what a {@link WebSocket} tells, each line with the state in the handler. */
final class EventLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Sets all four handlers. */
    void listen(WebSocket socket) {
        socket.onopen(e -> add("open", socket));
        socket.onmessage(e -> add("message " + e.data(), socket));
        socket.onerror(e -> add("error " + e.step() + ": " + e.message(), socket));
        socket.onclose(e -> add("close " + e.code() + " \"" + e.reason() + "\" clean=" + e.wasClean(), socket));
    }

    void add(String line, WebSocket socket) {
        lines.add(line + " [" + socket.readyState() + "]");
    }

    List<String> lines() {
        return lines;
    }

    /** Listens, waits for the end, and gives back the lines. */
    static List<String> ofWhole(WebSocket socket) throws Exception {
        EventLog log = new EventLog();
        log.listen(socket);
        end(socket);
        return log.lines();
    }

    static CloseEvent end(WebSocket socket) throws Exception {
        return socket.closed().toCompletableFuture().get(15, TimeUnit.SECONDS);
    }
}
