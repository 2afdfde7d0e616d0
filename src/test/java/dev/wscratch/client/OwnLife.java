package dev.wscratch.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Scenario} as our client lives it; {@code parity.js} is the same for a browser. */
final class OwnLife {
    private final Scenario scenario;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<MessageEvent>> named = new HashMap<>();

    /** Used by the handlers' thread only. */
    private int messages;

    private OwnLife(Scenario scenario) {
        this.scenario = scenario;
    }

    static List<String> live(Scenario scenario, String url) throws Exception {
        OwnLife life = new OwnLife(scenario);
        WebSocket socket;
        // A script in a page ends before anything happens, and so does this block.
        synchronized (life) {
            try {
                socket = WebSocket.builder(url)
                        .subprotocols(scenario.protocols().toArray(new String[0]))
                        .executor(task -> SharedTransport.handlers().execute(() -> life.alone(task)))
                        .connect();
            } catch (IllegalArgumentException e) {
                return List.of("constructor throws wrong value");
            }
            life.listen(socket);
        }
        socket.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return List.copyOf(life.log);
    }

    private synchronized void alone(Runnable task) {
        task.run();
    }

    private void listen(WebSocket socket) {
        socket.addEventListener(MessageEvent.class, e -> message(socket, e));
        socket.onerror(e -> tell("error " + socket.readyState(), "error", socket));
        socket.onclose(e -> tell(
                "close " + e.code() + " '" + e.reason() + "' " + e.wasClean() + " " + socket.readyState(),
                "close",
                socket));
        socket.onopen(e -> tell(
                "open " + socket.readyState() + " '" + socket.protocol() + "' '" + socket.extensions() + "'",
                "open",
                socket));
        run("now", socket);
    }

    private void tell(String line, String when, WebSocket socket) {
        log.add(line);
        run(when, socket);
    }

    private void message(WebSocket socket, MessageEvent event) {
        log.add("message " + shown(event.data()) + " " + socket.readyState());
        messages++;
        run("message", socket);
        run("message " + messages, socket);
    }

    private static String shown(Object data) {
        if (data instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return "binary " + HexFormat.of().formatHex(copy);
        }
        String text = (String) data;
        return text.length() > 100 ? text.length() + " characters" : "'" + text + "'";
    }

    private void run(String when, WebSocket socket) {
        for (String part : scenario.script().split(" \\| ", -1)) {
            String[] whenAndWhat = part.split(": ", 2);
            if (whenAndWhat[0].equals(when)) {
                Arrays.stream(whenAndWhat[1].split("; ", -1)).forEach(command -> command(command, socket));
            }
        }
    }

    private void command(String command, WebSocket socket) {
        String[] words = command.split(" ", 2);
        // Not as it is: no half of a pair would come through WebDriver's JSON to the browser.
        String rest =
                (words.length > 1 ? words[1] : "").replace("\\ud800", "\ud800").replace("\\udc00", "\udc00");
        try {
            switch (words[0]) {
                case "send" -> socket.send(rest);
                case "repeat" -> {
                    String[] countAndText = rest.split(" ", 2);
                    socket.send(countAndText[1].repeat(Integer.parseInt(countAndText[0])));
                }
                case "binary" -> socket.send(HexFormat.of().parseHex(rest));
                case "close" -> close(rest, socket);
                case "buffered" -> log.add("buffered " + socket.bufferedAmount());
                case "set" -> socket.onmessage(listener(rest));
                case "unset" -> socket.onmessage(null);
                case "add" -> socket.addEventListener(MessageEvent.class, listener(rest));
                case "remove" -> socket.removeEventListener(MessageEvent.class, listener(rest));
                default -> throw new AssertionError("no such command: " + command);
            }
        } catch (IllegalStateException e) {
            log.add(words[0] + " throws wrong state");
        } catch (IllegalArgumentException e) {
            log.add(words[0] + " throws wrong value");
        }
    }

    private static void close(String codeAndReason, WebSocket socket) {
        if (codeAndReason.isEmpty()) {
            socket.close();
            return;
        }
        String[] parts = codeAndReason.split(" ", 2);
        socket.close(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    private Consumer<MessageEvent> listener(String name) {
        return named.computeIfAbsent(name, unused -> e -> log.add("listener " + name + " " + shown(e.data())));
    }
}
