package dev.wscratch.cli;

import dev.wscratch.client.ReadyState;
import dev.wscratch.client.WebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

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
        Reader reader = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        String text = next(reader);
        while (text != null && connection.awaitOpen()) {
            send(connection, payloads.message(new Value("stdin", text)));
            text = next(reader);
        }
    }

    private Object message(String text) throws IOException {
        Value given = new Value("--send", text);
        if (text.equals("-")) {
            return ofFile(given, streams.in().readAllBytes());
        }
        if (!text.startsWith("@")) {
            return payloads.message(given);
        }
        Value file = new Value("--send", text.substring(1));
        try {
            return ofFile(file, Files.readAllBytes(file.path()));
        } catch (IOException e) {
            throw file.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    /** A file's own bytes are binary already, unless they stand there as hex or base64. */
    private Object ofFile(Value file, byte[] bytes) {
        return payloads.binary() && payloads.form() == Payloads.Form.PLAIN
                ? bytes
                : payloads.message(new Value(file.source(), new String(bytes, StandardCharsets.UTF_8)));
    }

    /** {@return the next message, or null at the end} Its end, and a CR before a line's, are left out. */
    private @Nullable String next(Reader reader) throws IOException {
        if (payloads.end() == '\n' && reader instanceof BufferedReader lines) {
            return lines.readLine();
        }
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != payloads.end()) {
            text.append((char) c);
            c = reader.read();
        }
        return text.toString();
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
