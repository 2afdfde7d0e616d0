package dev.wscratch.war;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's own WebSocket client, recording what arrives; messages are whole, in order, text as it is, bytes as hex. */
final class JdkSocket implements WebSocket.Listener, AutoCloseable {
    private static final long DEADLINE_SECONDS = 10;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    /** Parts of the text under way; touched by the client's callbacks, which come one at a time. */
    private final StringBuilder text = new StringBuilder();

    /** Parts of the bytes under way; touched by the client's callbacks, which come one at a time. */
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private @Nullable WebSocket socket;

    static JdkSocket connect(URI address) throws Exception {
        JdkSocket made = new JdkSocket();
        made.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, made)
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return made;
    }

    JdkSocket send(String message) throws Exception {
        socket().sendText(message, true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    JdkSocket send(byte... message) throws Exception {
        socket().sendBinary(ByteBuffer.wrap(message), true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    JdkSocket close(int code, String reason) throws Exception {
        socket().sendClose(code, reason).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** The next message; fails when none comes. */
    String next() throws InterruptedException {
        String message = messages.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + DEADLINE_SECONDS + " s; closed: " + closed);
        }
        return message;
    }

    /** Code and reason with which the server closed, e.g. {@code 1009 too big}. */
    String closed() throws Exception {
        return closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            messages.add(HEX.formatHex(bytes.toByteArray()));
            bytes.reset();
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete((code + " " + reason).strip());
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket().abort();
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }
}
