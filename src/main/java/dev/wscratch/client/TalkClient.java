package dev.wscratch.client;

import dev.wscratch.message.Format;
import dev.wscratch.message.Message.Echo;
import dev.wscratch.message.Message.FilePart;
import dev.wscratch.message.Message.Live;
import dev.wscratch.message.Message.Ping;
import dev.wscratch.message.Message.Pong;
import dev.wscratch.message.Message.Progress;
import dev.wscratch.message.Message.Reply;
import dev.wscratch.message.Message.Request;
import dev.wscratch.message.Message.Result;
import dev.wscratch.message.Message.Time;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Typed messages with a {@code /talk} endpoint, as methods: objects go in and come out, JSON or CBOR is between.
 *
 * <pre>{@code
 * try (TalkClient talk = TalkClient.connect(URI.create("ws://localhost:8080/talk"), Format.CBOR)) {
 *     Duration roundTrip = talk.ping().toCompletableFuture().get();
 *     Result result = talk.file("notes.txt", stream, received -> System.out.println(received));
 * }
 * }</pre>
 *
 * <p>A stage fails with a {@link ProblemException} when the server answers by a problem; the connection then lives on. It
 * fails with an {@link IOException} when the connection ends before the answer, or no answer has come in time, which is 30 s
 * unless {@link #connect(WebSocketBuilder, Format, Duration)} says otherwise; in the second case the connection stays open,
 * and an answer that comes after all is dropped.
 *
 * <p>Below is a {@link WebSocket}, and what is true of one is true here: its threads are shared by all clients of the JVM,
 * its limits hold, and the JVM stays up until the connection ends. Stages complete, and listeners run, one at a time where its
 * handlers run, or on the JDK's timer when time is up. They may block, and what comes next then waits; so they must not wait
 * for another answer. Safe for use by many threads.
 */
public final class TalkClient implements AutoCloseable {
    /** Bytes of a file in one message: with base64 around them they stay within a message limit of 64 KiB. */
    private static final int PART = 32 * 1024;

    /** For how long an answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TalkCallbacks callbacks;
    private final AtomicLong stamps = new AtomicLong();

    TalkClient(TalkCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Connects; blocks until the connection is open.
     *
     * @param url such as {@code ws://localhost:8080/talk}
     * @param format to be spoken
     * @return an open client
     * @throws IOException when there is no server, or it does not speak the format
     * @throws IllegalArgumentException if the URL is none for a {@link WebSocket}
     */
    public static TalkClient connect(URI url, Format format) throws IOException {
        return connect(WebSocket.builder(url.toString()), format);
    }

    /** As {@link #connect(WebSocketBuilder, Format, Duration)}, with 30 s for each answer. */
    public static TalkClient connect(WebSocketBuilder connection, Format format) throws IOException {
        return connect(connection, format, PATIENCE);
    }

    /**
     * Connects with what a {@link WebSocket} may be asked: headers, TLS settings, a proxy, deadlines, limits, an executor.
     *
     * @param connection where to, and how; its subprotocols do not count, since the format has its own
     * @param format to be spoken
     * @param patience for how long each answer is waited for; 1 ms to a day
     * @return an open client
     * @throws IOException when there is no server, or it does not speak the format, or the executor runs nothing for
     *     {@code patience}, as one does whose only thread is in this call
     * @throws IllegalArgumentException as {@link WebSocketBuilder#connect}, or if the patience is out of its range
     */
    public static TalkClient connect(WebSocketBuilder connection, Format format, Duration patience) throws IOException {
        if (patience.compareTo(Duration.ofMillis(1)) < 0 || patience.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("patience: expected 1 ms to a day, got " + patience);
        }
        TalkCallbacks callbacks = new TalkCallbacks(patience);
        WebSocket socket = connection.connect(List.of(format.subprotocol()));
        new TalkSocket(socket, format, callbacks)
                .open(connection.handshakeDeadline().plus(patience));
        return new TalkClient(callbacks);
    }

    /**
     * Sends a text and gets it back.
     *
     * @param text without lone surrogates
     * @return what came back
     */
    public CompletionStage<String> echo(String text) {
        return ask(new Echo(text), Echo.class).thenApply(Echo::text);
    }

    /**
     * Measures the round trip of a message, through the server's and this program's own code.
     *
     * @return the time from sending to the answer
     */
    public CompletionStage<Duration> ping() {
        long sent = System.nanoTime();
        return ask(new Ping(stamps.incrementAndGet()), Pong.class)
                .thenApply(pong -> Duration.ofNanos(System.nanoTime() - sent));
    }

    /**
     * Asks for the server's time again and again; a second call changes the interval and the listener.
     *
     * @param every 100 ms to 60 s
     * @param listener hears each; while it does not return, the next ones wait, and then the server leaves out what is due
     * @return when the server has agreed
     * @throws IllegalArgumentException for another interval; what was asked for before stays
     */
    public CompletionStage<Live> live(Duration every, Consumer<Time> listener) {
        if (every.compareTo(Duration.ofMillis(Live.SHORTEST)) < 0
                || every.compareTo(Duration.ofMillis(Live.LONGEST)) > 0) {
            throw new IllegalArgumentException(
                    "expected an interval of " + Live.SHORTEST + " to " + Live.LONGEST + " ms, got " + every);
        }
        callbacks.questions.listen(listener);
        return ask(new Live(true, (int) every.toMillis()), Live.class);
    }

    /**
     * Asks for no more time.
     *
     * @return when the server has agreed; nothing comes after that
     */
    public CompletionStage<Live> stopLive() {
        return ask(new Live(false, Live.USUAL), Live.class);
    }

    /**
     * Sends a file in parts, one after the other; blocks until the server has digested all of it. One file at a time.
     *
     * @param name 1 to 255 characters
     * @param data read to its end, not closed
     * @param progress hears on this thread, after each part, how many bytes have arrived
     * @return name, size, SHA-256 and, for text, lines
     * @throws ProblemException when the server does not want the file, e.g. because it is too large
     * @throws IOException when {@code data} cannot be read, or the connection ended, or no answer came in time
     */
    public Result file(String name, InputStream data, LongConsumer progress) throws IOException {
        long offset = 0;
        byte[] part = data.readNBytes(PART);
        byte[] next = data.readNBytes(PART);
        while (next.length > 0) {
            Progress arrived = await(ask(part(name, offset, false, part), Progress.class));
            progress.accept(arrived.received());
            offset += part.length;
            part = next;
            next = data.readNBytes(PART);
        }
        Result result = await(ask(part(name, offset, true, part), Result.class));
        progress.accept(result.size());
        return result;
    }

    private static FilePart part(String name, long offset, boolean last, byte[] bytes) {
        return new FilePart(name, offset, last, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    /** {@return how the connection ended, once it has} */
    public CompletionStage<CloseEvent> closed() {
        return callbacks.closed.minimalCompletionStage();
    }

    /**
     * Starts the closing handshake with 1000 and returns; answers that are still due fail. Does nothing where the connection
     * is closed already.
     */
    @Override
    public void close() {
        callbacks.end(new IOException("this client was closed"));
        callbacks.way().close(CloseReason.of(CloseCode.NORMAL_CLOSURE));
    }

    private <T extends Reply> CompletableFuture<T> ask(Request request, Class<T> answer) {
        return callbacks.questions.ask(answer, () -> callbacks.way().send(request));
    }

    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IOException("no answer: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
