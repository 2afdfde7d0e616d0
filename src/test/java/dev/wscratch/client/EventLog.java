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

    /** {@return the events alone, such as {@code open}} */
    List<String> types() {
        return lines.stream().map(line -> line.split(" ", 2)[0]).toList();
    }

    /** {@return such as {@code open OPEN} and {@code close 1000 true CLOSED}} */
    List<String> typesAndStates() {
        return lines.stream()
                .map(line -> {
                    String state = line.replaceFirst("(?s).* \\[(\\w+)]$", " $1");
                    return line.startsWith("close ")
                            ? line.replaceFirst("(?s)^(close \\d+) .* clean=(\\w+) .*", "$1 $2") + state
                            : line.split(" ", 2)[0] + state;
                })
                .toList();
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
