package dev.wscratch.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A page with one busy connection that it watches by the server's inspector; closing it ends both. */
final class WatchedConnection implements AutoCloseable {
    /** What it sends, and the inspector shows twice, there and back. */
    static final int MESSAGES_PER_SECOND = 20;

    private static final String LAB = "00112233445566778899aabbccddeeff";
    private static final String MESSAGE = "x".repeat(64);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watched-connection");
        thread.setDaemon(true);
        return thread;
    });

    /** Messages of the inspector after its first. */
    private final AtomicLong reports = new AtomicLong();

    private final WebSocket inspector;
    private final WebSocket echo;
    private final Future<?> sending;

    private WatchedConnection(InetSocketAddress server) {
        CompletableFuture<Boolean> watching = new CompletableFuture<>();
        String base = "ws://" + server.getHostString() + ":" + server.getPort();
        this.inspector = http.newWebSocketBuilder()
                .subprotocols("wscratch.inspect.v1")
                .buildAsync(URI.create(base + "/inspect"), new Counting(watching))
                .join();
        inspector.sendText("{\"type\":\"watch\",\"lab\":\"" + LAB + "\"}", true).join();
        watching.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        this.echo = http.newWebSocketBuilder()
                .buildAsync(URI.create(base + "/echo?lab=" + LAB + ".1"), new WebSocket.Listener() {})
                .join();
        long nanos = TimeUnit.SECONDS.toNanos(1) / MESSAGES_PER_SECOND;
        this.sending = timer.scheduleAtFixedRate(
                () -> echo.sendText(MESSAGE, true).join(), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    static WatchedConnection to(InetSocketAddress server) throws IOException {
        try {
            return new WatchedConnection(server);
        } catch (CompletionException e) {
            throw new IOException("expected an inspector that watches, got " + e.getCause(), e);
        }
    }

    /** Counts what comes. */
    private final class Counting implements WebSocket.Listener {
        private final CompletableFuture<Boolean> watching;

        Counting(CompletableFuture<Boolean> watching) {
            this.watching = watching;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            if (!watching.complete(true)) {
                reports.incrementAndGet();
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    /** Fails if nothing was shown: then nothing was measured either. */
    void check() throws IOException {
        if (reports.get() == 0 || sending.isDone() || echo.isInputClosed() || inspector.isInputClosed()) {
            throw new IOException("expected the inspector to show frames of the watched connection to the end, got "
                    + reports.get() + " reports");
        }
    }

    @Override
    public void close() {
        sending.cancel(false);
        timer.shutdownNow();
        echo.abort();
        inspector.abort();
    }
}
