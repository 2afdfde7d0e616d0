package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.MessageEvent;
import dev.wscratch.client.ReadyState;
import dev.wscratch.client.WebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One conversation of {@code connect}, from the handshake to the exit code. */
final class Talk {
    /** How long replies may stay away after the end of stdin before the connection is closed. */
    static final Duration QUIET_AFTER_INPUT = Duration.ofSeconds(1);

    /** Input waits while more than this is on its way to the server. */
    private static final long MAX_BUFFERED = 1 << 20;

    /**
     * What {@code connect} was asked for, checked.
     *
     * @param url with a scheme
     * @param tls whom {@code wss} trusts; null for whom the JVM trusts
     * @param send the messages; if there are none, stdin's lines are
     * @param count how many messages to receive
     * @param silence how long to wait for a message, or null for as long as stdin is open
     * @param subprotocols to offer
     * @param quiet whether to say errors only
     */
    record Settings(
            String url,
            @Nullable SSLContext tls,
            List<String> send,
            int count,
            @Nullable Duration silence,
            List<String> subprotocols,
            boolean quiet) {}

    private final Settings settings;
    private final Streams streams;
    private final long begun = System.nanoTime();

    /** When the last message came, or input ended; {@link System#nanoTime}. */
    private volatile long lastSign = begun;

    private volatile boolean inputEnded;

    /** Messages printed. */
    private final AtomicInteger received = new AtomicInteger();

    /** Whether the count is reached, or nobody reads our output any more. */
    private volatile boolean enough;

    private volatile @Nullable ErrorEvent error;

    Talk(Settings settings, Streams streams) {
        this.settings = settings;
        this.streams = streams;
    }

    ExitCode run() throws Exception {
        Logging.start("text", "warn");
        WebSocket socket;
        try {
            socket = WebSocket.builder(settings.url())
                    .tls(settings.tls())
                    .subprotocols(settings.subprotocols().toArray(new String[0]))
                    .open(this::listen);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        // On Ctrl-C the server is told, if there is time; the JVM then ends with 130.
        Thread goodbye = new Thread(() -> leave(socket), "wscratch-goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        return end(watch(socket));
    }

    private void listen(WebSocket socket) {
        socket.onopen(e -> {
            lastSign = System.nanoTime();
            inform(String.format(
                    Locale.ROOT,
                    "connected  %s  101 in %.1f ms  (%s)%s",
                    Printable.of(socket.url()),
                    (lastSign - begun) / 1e6,
                    socket.protocol().isEmpty() ? "no subprotocol" : "subprotocol " + Printable.of(socket.protocol()),
                    settings.send().isEmpty() ? "   Ctrl-D to close" : ""));
            Thread input = new Thread(() -> input(socket), "wscratch-input");
            input.setDaemon(true);
            input.start();
        });
        socket.onmessage(e -> print(socket, e));
        socket.onerror(e -> error = e);
    }

    private void input(WebSocket socket) {
        try {
            if (settings.send().isEmpty()) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
                String line = lines.readLine();
                while (line != null && socket.readyState() == ReadyState.OPEN) {
                    send(socket, line);
                    line = lines.readLine();
                }
            } else {
                settings.send().forEach(text -> send(socket, text));
            }
        } catch (IOException e) {
            streams.say("wscratch connect: stdin cannot be read: " + e.getMessage());
        } finally {
            lastSign = System.nanoTime();
            inputEnded = true;
        }
    }

    private static void send(WebSocket socket, String text) {
        socket.send(text);
        while (socket.bufferedAmount() > MAX_BUFFERED && socket.readyState() == ReadyState.OPEN) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void print(WebSocket socket, MessageEvent e) {
        if (enough) {
            return;
        }
        lastSign = System.nanoTime();
        streams.out().println(text(e.data()));
        streams.out().flush();
        if (received.incrementAndGet() >= settings.count() || streams.out().checkError()) {
            enough = true;
            socket.close(1000);
        }
    }

    private String text(Object data) {
        if (data instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return "0x" + HexFormat.of().formatHex(copy);
        }
        return streams.outIsTerminal() ? Printable.of((String) data) : (String) data;
    }

    /** Waits for the end, and brings it about when it has been quiet for long enough. */
    private CloseEvent watch(WebSocket socket) throws Exception {
        while (true) {
            try {
                return socket.closed().toCompletableFuture().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (socket.readyState() == ReadyState.OPEN && isQuiet()) {
                    socket.close(1000);
                }
            }
        }
    }

    private boolean isQuiet() {
        Duration limit = settings.silence();
        if (limit == null) {
            if (!inputEnded || settings.count() != Integer.MAX_VALUE) {
                return false;
            }
            limit = QUIET_AFTER_INPUT;
        }
        return System.nanoTime() - lastSign > limit.toNanos();
    }

    private ExitCode end(CloseEvent close) {
        ErrorEvent failure = error;
        if (failure != null) {
            return failed(failure);
        }
        inform("closed " + close.code() + (close.reason().isEmpty() ? "" : " \"" + Printable.of(close.reason()) + "\"")
                + "   " + received + " received");
        if (!enough && settings.count() != Integer.MAX_VALUE) {
            streams.say("wscratch connect: expected " + settings.count() + " messages, got " + received);
            return ExitCode.CLOSED_ABNORMALLY;
        }
        boolean normal = close.wasClean() && (close.code() == 1000 || close.code() == 1001 || close.code() == 1005);
        return normal ? ExitCode.OK : ExitCode.CLOSED_ABNORMALLY;
    }

    private ExitCode failed(ErrorEvent failure) {
        String message = Printable.of(failure.message());
        if (failure.status() != 0) {
            streams.say("wscratch connect: refused: " + message);
            return ExitCode.REFUSED;
        }
        String hint = failure.step() == ErrorEvent.Step.TLS && settings.tls() == null
                ? ". Try: --cacert FILE with the certificate of whoever signed the server's"
                : "";
        streams.say("wscratch connect: " + failure.step() + ": " + message + hint);
        return switch (failure.step()) {
            case CONNECT, TLS, HANDSHAKE -> ExitCode.CANNOT_CONNECT;
            case FRAMES, CLOSE -> ExitCode.CLOSED_ABNORMALLY;
        };
    }

    private static void leave(WebSocket socket) {
        try {
            socket.close(1000);
            socket.closed().toCompletableFuture().get(500, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            // The process ends anyway; the server sees the end of TCP.
            Thread.currentThread().interrupt();
        }
    }

    private void inform(String line) {
        if (!settings.quiet()) {
            streams.say(line);
        }
    }
}
