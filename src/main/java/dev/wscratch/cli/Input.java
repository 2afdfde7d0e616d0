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
final class Input {
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

    /** Whether it is a person, or a pipe, that says what is sent. */
    boolean isStdin() {
        return send.isEmpty();
    }

    /**
     * Sends everything and returns when there is no more, or the connection is no longer open.
     *
     * @throws IOException if stdin cannot be read
     * @throws UsageException if a message is not what was promised
     */
    void sendAll(WebSocket socket) throws IOException {
        if (!isStdin()) {
            for (String text : send) {
                send(socket, message(text));
            }
            return;
        }
        Reader reader = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        String text = next(reader);
        while (text != null && socket.readyState() == ReadyState.OPEN) {
            send(socket, payloads.message(new Value("stdin", text)));
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

    private static void send(WebSocket socket, Object message) {
        if (message instanceof byte[] bytes) {
            socket.send(bytes);
        } else {
            socket.send((String) message);
        }
        while (socket.bufferedAmount() > MAX_BUFFERED && socket.readyState() == ReadyState.OPEN) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
