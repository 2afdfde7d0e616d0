package dev.wscratch.cli;

import dev.wscratch.client.ReadyState;
import dev.wscratch.client.WebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What {@code connect} sends: the messages of {@code -x}, or those on stdin. */
final class Input implements Talk.Speaker {
    /** Input waits while more than this is on its way to the server. */
    private static final long MAX_BUFFERED = 1 << 20;

    private final List<String> send;
    private final Payloads payloads;
    private final Streams streams;

    Input(List<String> send, Payloads payloads, Streams streams) {
        this.send = send;
        this.payloads = payloads;
        this.streams = streams;
    }

    @Override
    public String hint() {
        return send.isEmpty() && streams.inIsTerminal() ? "   Ctrl-D to close" : "";
    }

    @Override
    public boolean watches() {
        return false;
    }

    @Override
    public void stop() {
        // Reading stdin cannot be stopped; the thread that does is a daemon.
    }

    @Override
    public void speak(Talk talk) throws IOException, InterruptedException {
        Connection connection = talk.connection();
        if (!send.isEmpty()) {
            for (String text : send) {
                send(connection, message(text));
            }
            return;
        }
        MessageReader reader = new MessageReader(streams.in(), payloads.end());
        byte[] bytes = reader.next();
        while (bytes != null && connection.awaitOpen()) {
            send(connection, payloads.message("stdin", bytes));
            bytes = reader.next();
        }
    }

    private Object message(String text) throws IOException {
        Value given = new Value("--send", text);
        if (text.equals("-")) {
            return payloads.message("--send", streams.in().readAllBytes());
        }
        if (!text.startsWith("@")) {
            return payloads.message(given);
        }
        Value file = new Value("--send", text.substring(1));
        try {
            return payloads.message("--send", Files.readAllBytes(file.path()));
        } catch (IOException e) {
            throw file.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    /** With {@code --reconnect} what is given to a connection that breaks is lost: delivery is at most once. */
    private static void send(Connection connection, Object message) throws InterruptedException {
        while (connection.awaitOpen() && !connection.send(message, 1)) {
            // The next connection gets it.
        }
        WebSocket open = connection.open();
        while (open != null && open.bufferedAmount() > MAX_BUFFERED && open.readyState() == ReadyState.OPEN) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
