package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.MessageEvent;
import dev.wscratch.client.ReadyState;
import dev.wscratch.client.WebSocket;
import dev.wscratch.client.WebSocketBuilder;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One conversation of {@code connect}, from the handshake to the exit code. */
final class Talk {
    /** How long replies may stay away after the end of stdin before the connection is closed. */
    static final Duration QUIET_AFTER_INPUT = Duration.ofSeconds(1);

    /**
     * When the conversation is over, and whether it went well.
     *
     * @param count how many messages to receive
     * @param silence how long to wait for a message, or null for as long as stdin is open
     * @param expected what one message must contain (for a binary one its hex digits), or null
     * @param ping between pings, or null for none
     * @param close code and reason to close with
     */
    record Goal(
            int count,
            @Nullable Duration silence,
            @Nullable Pattern expected,
            @Nullable Duration ping,
            CloseReason close) {
        /** What stands for any number of messages. */
        static final int ANY = Integer.MAX_VALUE;
    }

    private final Dialling dialling;
    private final Goal goal;
    private final Input input;
    private final Printer printer;
    private final Pings pings;
    private final Streams streams;

    /** When the last message came, or input ended; {@link System#nanoTime}. */
    private volatile long lastSign = System.nanoTime();

    private volatile boolean inputEnded;

    /** What was wrong with a message that was to be sent. */
    private volatile @Nullable UsageException badInput;

    /** Messages printed. */
    private final AtomicInteger received = new AtomicInteger();

    /** Whether the count is reached, or nobody reads our output any more. */
    private volatile boolean enough;

    /** Whether a message was as expected. */
    private volatile boolean matched;

    /** Whether it was us who began to close. */
    private volatile boolean closing;

    private volatile @Nullable ErrorEvent error;

    Talk(Dialling dialling, Goal goal, Input input, Printer printer, Streams streams) {
        this.dialling = dialling;
        this.goal = goal;
        this.input = input;
        this.printer = printer;
        this.pings = new Pings(goal.ping());
        this.streams = streams;
    }

    ExitCode run() throws Exception {
        Logging.start("text", "warn");
        WebSocket socket;
        try {
            socket = builder().open(this::listen);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        // On Ctrl-C the server is told, if there is time; the JVM then ends with 130.
        Thread goodbye = new Thread(() -> leave(socket), "wscratch-goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        return end(watch(socket));
    }

    private WebSocketBuilder builder() throws GeneralSecurityException {
        WebSocketBuilder builder = WebSocket.builder(dialling.url())
                .tls(dialling.trust().context())
                .compression(dialling.compression())
                .subprotocols(dialling.subprotocols().toArray(new String[0]));
        for (String header : dialling.headers()) {
            int colon = header.indexOf(':');
            builder.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        if (dialling.proxy() != null) {
            builder.proxy(dialling.proxy());
        }
        if (dialling.timeout() != null) {
            builder.handshakeDeadline(dialling.timeout());
        }
        if (printer.watchesFrames() || pings.areSent()) {
            builder.frames(frame -> {
                pings.frame(frame);
                if (printer.watchesFrames()) {
                    printer.frame(frame);
                }
            });
        }
        return builder;
    }

    private void listen(WebSocket socket) {
        socket.onopen(e -> {
            lastSign = System.nanoTime();
            printer.opened(socket, input.isStdin() ? "   Ctrl-D to close" : "");
            Thread sender = new Thread(() -> send(socket), "wscratch-input");
            sender.setDaemon(true);
            sender.start();
        });
        socket.onmessage(e -> print(socket, e));
        socket.onerror(e -> error = e);
    }

    private void send(WebSocket socket) {
        try {
            input.sendAll(socket);
        } catch (UsageException e) {
            badInput = e;
            close(socket);
        } catch (IOException e) {
            streams.say("wscratch connect: stdin cannot be read: " + e.getMessage());
        } finally {
            lastSign = System.nanoTime();
            inputEnded = true;
        }
    }

    private void print(WebSocket socket, MessageEvent e) {
        if (enough) {
            return;
        }
        lastSign = System.nanoTime();
        Object data = e.data() instanceof ByteBuffer bytes ? copy(bytes) : e.data();
        boolean isRead = printer.message(data);
        Pattern expected = goal.expected();
        if (expected != null && !matched) {
            String text = data instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : (String) data;
            matched = expected.matcher(text).find();
        }
        if (received.incrementAndGet() >= goal.count() || !isRead) {
            enough = true;
            close(socket);
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    private void close(WebSocket socket) {
        closing = true;
        socket.close(goal.close().code().value(), goal.close().reason());
    }

    /** Waits for the end, and brings it about when it has been quiet for long enough. */
    private CloseEvent watch(WebSocket socket) throws Exception {
        while (true) {
            try {
                return socket.closed().toCompletableFuture().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (socket.readyState() == ReadyState.OPEN && isQuiet()) {
                    close(socket);
                }
                pings.tick(socket);
            }
        }
    }

    private boolean isQuiet() {
        Duration limit = goal.silence();
        if (limit == null) {
            if (!inputEnded || goal.count() != Goal.ANY) {
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
        printer.closed(close, received.get(), pings.summary());
        UsageException bad = badInput;
        if (bad != null) {
            throw bad;
        }
        if (!enough && goal.count() != Goal.ANY) {
            streams.say("wscratch connect: expected " + goal.count() + " messages, got " + received);
            return closing ? ExitCode.TIMEOUT : ExitCode.CLOSED_ABNORMALLY;
        }
        if (goal.expected() != null && !matched) {
            streams.say("wscratch connect: expected a message that matches " + Printable.of("" + goal.expected())
                    + ", got none among " + received);
            return ExitCode.NOT_AS_EXPECTED;
        }
        boolean asked = closing && close.code() == goal.close().code().value();
        boolean normal = asked || close.code() == 1000 || close.code() == 1001 || close.code() == 1005;
        return close.wasClean() && normal ? ExitCode.OK : ExitCode.CLOSED_ABNORMALLY;
    }

    private ExitCode failed(ErrorEvent failure) {
        boolean unknownSigner =
                failure.step() == ErrorEvent.Step.TLS && dialling.trust().isDefault();
        printer.failed(
                failure,
                unknownSigner ? ". Try: --cacert FILE with the certificate of whoever signed the server's" : "");
        if (failure.status() != 0) {
            return ExitCode.REFUSED;
        }
        return switch (failure.step()) {
            case CONNECT, TLS, HANDSHAKE ->
                failure.cause() instanceof TimeoutException ? ExitCode.TIMEOUT : ExitCode.CANNOT_CONNECT;
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
}
