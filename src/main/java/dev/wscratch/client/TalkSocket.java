package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.message.CborDecoder;
import dev.wscratch.message.CborEncoder;
import dev.wscratch.message.Format;
import dev.wscratch.message.JsonDecoder;
import dev.wscratch.message.JsonEncoder;
import dev.wscratch.message.Message;
import dev.wscratch.message.OutgoingCbor;
import dev.wscratch.message.OutgoingJson;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WebSocket} that carries a {@link TalkClient}. It calls the Jakarta encoders and decoders as a container would:
 * an annotated endpoint in the place of the WebSocket would be without its executor, its bounds, and its closing handshake.
 */
final class TalkSocket implements TalkCallbacks.Way {
    private static final JsonEncoder JSON_ENCODER = new JsonEncoder();
    private static final JsonDecoder JSON_DECODER = new JsonDecoder();
    private static final CborEncoder CBOR_ENCODER = new CborEncoder();
    private static final CborDecoder CBOR_DECODER = new CborDecoder();

    private final WebSocket socket;
    private final Format format;
    private final TalkCallbacks callbacks;

    /** Why there is no connection, or no more; written by the thread that runs the handlers. */
    private volatile @Nullable ErrorEvent failure;

    /** {@code socket}: one whose handlers were not set yet. */
    TalkSocket(WebSocket socket, Format format, TalkCallbacks callbacks) {
        this.socket = socket;
        this.format = format;
        this.callbacks = callbacks;
    }

    /**
     * Translates events from now on; returns when the connection is open.
     *
     * @param limit longer than the connection itself takes to open or to fail
     */
    void open(Duration limit) throws IOException {
        callbacks.opened(this);
        socket.onmessage(event -> message(event.data()));
        socket.onerror(this::failed);
        socket.onclose(callbacks::closed);
        try {
            socket.opened().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            socket.close();
            throw new IOException(
                    "expected the executor to run the open event of " + socket.place() + " within " + limit.toMillis()
                            + " ms, got nothing; is this its only thread?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            socket.close();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while connecting to " + socket.place());
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private IOException unreachable(@Nullable Throwable why) {
        String message = why == null ? "" : ": " + why.getMessage();
        // What the exception itself says is said, and what is below it is kept.
        return new IOException(
                "cannot connect to " + socket.place() + message + hint(), why == null ? null : why.getCause());
    }

    /** A handshake that went wrong without another reason is one with something else than {@code /talk}. */
    private String hint() {
        ErrorEvent why = failure;
        boolean another = why != null && why.step() == Step.HANDSHAKE && (why.status() == 0 || why.status() == 404);
        return another ? "; is it a /talk endpoint?" : "";
    }

    private void failed(ErrorEvent event) {
        failure = event;
        callbacks.end(new IOException(event.step() + ": " + event.message(), event.cause()));
    }

    private void message(Object data) {
        if (data instanceof String text && format == Format.JSON) {
            callbacks.heard(JSON_DECODER.decode(text).reading());
        } else if (data instanceof ByteBuffer bytes && format == Format.CBOR) {
            callbacks.heard(CBOR_DECODER.decode(bytes).reading());
        } else {
            callbacks.broken(new IOException("expected " + format.wrongFrame().expected() + ", got the other kind"));
        }
    }

    @Override
    public void send(Message message) {
        if (format == Format.JSON) {
            socket.send(JSON_ENCODER.encode(new OutgoingJson(message)));
        } else {
            socket.send(CBOR_ENCODER.encode(new OutgoingCbor(message)));
        }
    }

    @Override
    public void close(CloseReason reason) {
        socket.end(reason);
    }
}
