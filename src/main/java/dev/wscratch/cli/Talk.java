package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.MessageEvent;
import dev.wscratch.client.WebSocket;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
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

    /** Who says what is sent. */
    interface Speaker {
        /** What stands behind the line that says that the connection is open. */
        String hint();

        /** Whether it wants to know what passes on the wire. */
        boolean watches();

        /**
         * Sends everything; returns when there is no more, or when the connection is no longer open.
         *
         * @throws IOException if what is to be sent cannot be read
         * @throws UsageException if a message is not what was promised
         */
        void speak(Talk talk) throws IOException, InterruptedException;

        /** The connection has ended for good. */
        void stop();
    }

    private final Dialling dialling;
    private final Goal goal;
    private final Speaker speaker;
    private final Printer printer;
    private final Streams streams;
    private final Pings pings;
    private final Tap tap;

    /** When the last message came, or input ended; {@link System#nanoTime}. */
    private volatile long lastSign = System.nanoTime();

    private volatile boolean inputEnded;

    /** What was wrong with a message that was to be sent. */
    private volatile @Nullable UsageException badInput;

    /** Whether somebody speaks already: with {@code --reconnect} more than one connection opens. */
    private final AtomicBoolean speaking = new AtomicBoolean();

    /** Messages printed. */
    private final AtomicInteger received = new AtomicInteger();

    /** Whether the count is reached, or nobody reads our output any more. */
    private volatile boolean enough;

    /** Whether a message was as expected. */
    private volatile boolean matched;

    /** What we closed with, or null as long as we did not. */
    private volatile @Nullable CloseReason closing;

    /** When it was dialled; set before anything comes of it. */
    private long dialled;

    /** Whether the first attempt led to an open connection. */
    private final CompletableFuture<Boolean> opens = new CompletableFuture<>();

    /** Why the last attempt failed, where others follow; set before {@link #opens}. */
    private volatile @Nullable ErrorEvent refused;

    private final Turn turn = new Turn();
    private final Connection connection = new Connection(listener());

    Talk(Dialling dialling, Goal goal, Speaker speaker, Printer printer, Streams streams) {
        this.dialling = dialling;
        this.goal = goal;
        this.speaker = speaker;
        this.printer = printer;
        this.streams = streams;
        this.pings = new Pings(goal.ping(), line -> streams.say(printer.marked(false, line)));
        this.tap = new Tap(pings, printer);
    }

    ExitCode run() throws Exception {
        dial();
        return finish();
    }

    /** Another talk with the same options; an empty URL leads to the same place. */
    Talk to(String url) {
        Dialling there = url.isEmpty() ? dialling : dialling.to(Target.url(url));
        return new Talk(there, goal, speaker, printer, streams);
    }

    /** Talks until the end; from now on it is said what comes of the connection. */
    ExitCode finish() throws Exception {
        turn.begin();
        // On Ctrl-C the server is told, if there is time; the JVM then ends with 130.
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "wscratch-goodbye"));
        Connection.End end = watch();
        speaker.stop();
        return end(end);
    }

    /**
     * Connects, without waiting; nothing is said before {@link #finish}.
     *
     * @throws UsageException if what is asked for cannot be
     */
    void dial() {
        SSLContext tls = context();
        dialled = System.nanoTime();
        boolean watched = printer.watchesFrames() || pings.areSent() || speaker.watches();
        try {
            connection.dial(() -> dialling.builder(tls, watched ? tap : null), dialling.reconnects());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable SSLContext context() {
        try {
            return dialling.trust().context();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected a JVM with TLS, got " + e, e);
        }
    }

    /** Waits for the first attempt to connect, and says that it does if that takes long; whether it led to an open one. */
    boolean opens() throws InterruptedException {
        var unusedEnd = connection.end().thenRun(() -> opens.complete(false));
        try {
            return opens.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            streams.say("connecting to " + Printable.of(url()) + " ...");
            return opens.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected an attempt to end without an exception", e);
        }
    }

    /** Says what became of the first attempt, and makes no other. */
    void giveUp() {
        ErrorEvent error = refused;
        Connection.End end = connection.end().getNow(null);
        connection.close(goal.close());
        ErrorEvent failure = error == null && end != null ? end.error() : error;
        if (failure != null) {
            var unusedExitCode = failed(failure);
        }
    }

    private Connection.Listener listener() {
        return new Connection.Listener() {
            @Override
            public void opened(WebSocket socket) {
                opens.complete(true);
                turn.then(() -> Talk.this.opened(socket));
            }

            @Override
            public void message(MessageEvent message) {
                turn.then(() -> print(message));
            }

            @Override
            public void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {
                refused = error;
                opens.complete(false);
                turn.then(() -> printer.away(close, error, delay));
            }
        };
    }

    private void opened(WebSocket socket) {
        lastSign = System.nanoTime();
        printer.opened(socket, speaker.hint());
        if (!speaking.getAndSet(true)) {
            Thread thread = new Thread(this::speak, "wscratch-input");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void speak() {
        try {
            speaker.speak(this);
        } catch (UsageException e) {
            badInput = e;
            close(goal.close());
        } catch (IOException e) {
            streams.say("wscratch connect: stdin cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            Thread.currentThread().interrupt();
        } finally {
            lastSign = System.nanoTime();
            inputEnded = true;
        }
    }

    /** Where it leads, with a scheme. */
    String url() {
        return dialling.url();
    }

    Connection connection() {
        return connection;
    }

    Pings pings() {
        return pings;
    }

    Tap tap() {
        return tap;
    }

    private void print(MessageEvent e) {
        if (enough) {
            return;
        }
        lastSign = System.nanoTime();
        Object data = e.data() instanceof ByteBuffer bytes ? copy(bytes) : e.data();
        boolean isRead = printer.message(data);
        Pattern expected = goal.expected();
        if (expected != null && !matched) {
            String text = data instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : (String) data;
            matched = matches(expected, text);
        }
        if (received.incrementAndGet() >= goal.count() || !isRead) {
            enough = true;
            close(goal.close());
        }
    }

    /** Some expressions recurse for each character: the message still counts, and the next one is looked at. */
    private boolean matches(Pattern expected, String text) {
        try {
            return expected.matcher(text).find();
        } catch (StackOverflowError e) {
            streams.say("wscratch connect: a message is too long for --expect " + Printable.of("" + expected) + " ("
                    + text.length() + " characters); try an expression without repeated groups");
            return false;
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Closes with what was asked for on the command line. */
    void close() {
        close(goal.close());
    }

    /** Closes; what the server answers to this is a normal end. */
    void close(CloseReason reason) {
        closing = reason;
        connection.close(reason);
    }

    /** Waits for the end, and brings it about when it has been quiet for long enough. */
    private Connection.End watch() throws Exception {
        while (true) {
            try {
                return connection.end().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                WebSocket open = connection.open();
                if (open != null && isQuiet(open)) {
                    close(goal.close());
                } else if (open != null) {
                    pings.tick(open);
                }
            }
        }
    }

    private boolean isQuiet(WebSocket open) {
        Duration limit = goal.silence();
        if (limit == null) {
            if (!inputEnded || goal.count() != Goal.ANY) {
                return false;
            }
            if (open.bufferedAmount() > 0) {
                lastSign = System.nanoTime(); // Nobody answers what is still on its way.
                return false;
            }
            limit = QUIET_AFTER_INPUT;
        }
        return System.nanoTime() - lastSign > limit.toNanos();
    }

    private ExitCode end(Connection.End end) {
        ErrorEvent failure = end.error();
        if (failure != null) {
            return failed(failure);
        }
        CloseEvent close = end.close();
        CloseReason ours = closing;
        boolean asked = ours != null && close.code() == ours.code().value();
        // An answer without a code (1005) is one to ours too.
        boolean byUs = asked || (ours != null && close.code() == CloseCode.NO_STATUS_RECEIVED.value());
        double seconds = (System.nanoTime() - dialled) / 1e9;
        printer.closed(close, byUs, seconds, connection.sent(), received.get(), pings.summary());
        UsageException bad = badInput;
        if (bad != null) {
            throw bad;
        }
        if (!enough && goal.count() != Goal.ANY) {
            streams.say("wscratch connect: expected " + goal.count() + " messages, got " + received);
            return ours != null ? ExitCode.TIMEOUT : ExitCode.CLOSED_ABNORMALLY;
        }
        if (goal.expected() != null && !matched) {
            streams.say("wscratch connect: expected a message that matches " + Printable.of("" + goal.expected())
                    + ", got none among " + received);
            return ExitCode.NOT_AS_EXPECTED;
        }
        boolean normal = asked || close.code() == 1000 || close.code() == 1001 || close.code() == 1005;
        return close.wasClean() && normal ? ExitCode.OK : ExitCode.CLOSED_ABNORMALLY;
    }

    private ExitCode failed(ErrorEvent failure) {
        if (dialling.reconnects() != 0 && failure.cause() instanceof IllegalArgumentException impossible) {
            // What is asked for cannot be: without --reconnect it is thrown at once.
            throw new UsageException(String.valueOf(impossible.getMessage()));
        }
        String advice = failure.status() == 401
                ? ". Try: -H @FILE with a line such as 'Authorization: Bearer ...'"
                : dialling.proxy() == null
                                && failure.cause() instanceof ConnectException refused
                                && String.valueOf(refused.getMessage()).contains("refused")
                        ? ". Nobody listens there. Try: start the server first, or another port"
                        : TlsAdvice.of(failure, dialling.trust());
        printer.failed(failure, advice);
        if (failure.status() != 0) {
            return ExitCode.REFUSED;
        }
        return switch (failure.step()) {
            case CONNECT, TLS, HANDSHAKE ->
                failure.cause() instanceof TimeoutException ? ExitCode.TIMEOUT : ExitCode.CANNOT_CONNECT;
            case FRAMES, CLOSE -> ExitCode.CLOSED_ABNORMALLY;
        };
    }

    private void leave() {
        try {
            connection.close(CloseReason.of(CloseCode.NORMAL_CLOSURE));
            connection.end().get(500, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            // The process ends anyway; the server sees the end of TCP.
            Thread.currentThread().interrupt();
        }
    }
}
