package dev.wscratch.peer;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's own WebSocket client with whole messages in a queue. Every wait ends in a failure after ten seconds. */
public final class WebSocketRecorder implements WebSocket.Listener {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile WebSocket socket;

    private record Closed(int code, String reason) {}

    public static WebSocketRecorder connect(HttpClient http, URI uri, String... subprotocols) throws Exception {
        WebSocketRecorder recorder = new WebSocketRecorder();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        builder.buildAsync(uri, recorder).get(10, TimeUnit.SECONDS);
        return recorder;
    }

    public void send(String message) throws Exception {
        socket.sendText(message, true).get(10, TimeUnit.SECONDS);
    }

    public void send(ByteBuffer message) throws Exception {
        socket.sendBinary(message, true).get(10, TimeUnit.SECONDS);
    }

    public void sendClose(int code, String reason) throws Exception {
        socket.sendClose(code, reason).get(10, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        socket = webSocket;
        webSocket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(text.toString());
            text.setLength(0);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (last) {
            events.add(bytes.toByteArray());
            bytes.reset();
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        events.add(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        events.add(error);
    }

    public String nextText() throws InterruptedException {
        return next(String.class);
    }

    public byte[] nextBytes() throws InterruptedException {
        return next(byte[].class);
    }

    /** Of the server's Close frame, which must be the next thing that comes. */
    public int closeCode() throws InterruptedException {
        return next(Closed.class).code;
    }

    private <T> T next(Class<T> type) throws InterruptedException {
        Object event = events.poll(10, TimeUnit.SECONDS);
        if (!type.isInstance(event)) {
            AssertionError wrong = new AssertionError(
                    "expected " + type.getSimpleName() + ", got " + (event == null ? "nothing for 10 s" : event));
            if (event instanceof Throwable cause) {
                wrong.initCause(cause);
            }
            throw wrong;
        }
        return type.cast(event);
    }
}
