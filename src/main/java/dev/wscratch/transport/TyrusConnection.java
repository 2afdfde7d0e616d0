package dev.wscratch.transport;

import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Utf8;
import jakarta.websocket.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.core.ProtocolHandler;
import org.glassfish.tyrus.core.WebSocketException;
import org.glassfish.tyrus.core.frame.BinaryFrame;
import org.glassfish.tyrus.core.frame.CloseFrame;
import org.glassfish.tyrus.core.frame.Frame;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus's half of one connection. Frames that are a whole message each are handed over as messages; fragments and control
 * frames go the way of Tyrus's own frames.
 *
 * <p>Frames come one at a time, each whole, unmasked and judged, text as UTF-8 also.
 */
final class TyrusConnection implements Connection, ReadHandler {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final int FIN = 0x80;

    /** A text of so many bytes is likely to be sent to somebody: its bytes are kept while its handler runs. */
    private static final int REMEMBERED = 256;

    private final ProtocolHandler protocol;
    private final MessageSocket socket;
    private final Writer writer;
    private final CloseListener listener;

    /** Null when each message must be decoded by Tyrus. */
    private final @Nullable DirectHandlers handlers;

    /** Made when first needed: it holds two coders. Touched where callbacks run. */
    private @Nullable ReadyText text;

    TyrusConnection(
            ProtocolHandler protocol,
            MessageSocket socket,
            @Nullable DirectHandlers handlers,
            Writer writer,
            CloseListener listener) {
        this.protocol = protocol;
        this.socket = socket;
        this.handlers = handlers;
        this.writer = writer;
        this.listener = listener;
    }

    @Override
    public void handle(ByteBuffer frame) {
        handle(frame, false);
    }

    /**
     * As {@link #handle(ByteBuffer)}.
     *
     * @param own nobody else will change its bytes any more, so that the application may keep them
     */
    void handle(ByteBuffer frame, boolean own) {
        try {
            int first = frame.get(frame.position()) & 0xFF;
            if (first == (FIN | Opcode.TEXT.value())) {
                if (frame.remaining() > REMEMBERED) {
                    takeLargeText(frame);
                } else {
                    takeText(text(frame));
                }
            } else if (first == (FIN | Opcode.BINARY.value())) {
                takeBinary(frame, own);
            } else {
                takeFrame(frame);
            }
        } catch (WebSocketException e) {
            socket.onClose(new CloseFrame(e.getCloseReason()));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "a message could not be handed to its endpoint", e);
            socket.onClose(new CloseFrame(CloseReasons.UNEXPECTED_CONDITION.getCloseReason()));
        }
    }

    /** 2, 4 or 10 bytes, since there is no mask any more (RFC 6455 section 5.2). */
    private static int headerLength(ByteBuffer frame) {
        int length = frame.get(frame.position() + 1);
        return length <= 125 ? 2 : length == 126 ? 4 : 10;
    }

    private static byte[] payload(ByteBuffer frame) {
        int header = headerLength(frame);
        byte[] payload = new byte[frame.remaining() - header];
        frame.position(frame.position() + header).get(payload);
        return payload;
    }

    private static String text(ByteBuffer frame) {
        if (!frame.hasArray()) {
            return new String(payload(frame), StandardCharsets.UTF_8);
        }
        int at = frame.position() + headerLength(frame);
        return new String(frame.array(), frame.arrayOffset() + at, frame.limit() - at, StandardCharsets.UTF_8);
    }

    private void takeLargeText(ByteBuffer frame) {
        try {
            takeText(Utf8.decode(payload(frame)));
        } finally {
            Utf8.forget();
        }
    }

    private void takeText(String message) {
        if (handlers == null || !handlers.text(message)) {
            ReadyText frame = text;
            if (frame == null) {
                frame = new ReadyText();
                text = frame;
            }
            frame.hand(message, socket);
        }
    }

    private void takeBinary(ByteBuffer frame, boolean own) {
        if (handlers != null && own) {
            int header = headerLength(frame);
            ByteBuffer payload = frame.slice(frame.position() + header, frame.remaining() - header);
            if (handlers.buffer(payload)) {
                return;
            }
        }
        byte[] payload = payload(frame);
        if (handlers == null || !handlers.binary(payload)) {
            socket.onMessage(new BinaryFrame(payload, false, true));
        }
    }

    private void takeFrame(ByteBuffer frame) {
        ByteBuffer bytes = frame;
        if (!frame.hasArray()) {
            bytes = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
        }
        Frame parsed = protocol.unframe(bytes);
        if (parsed == null) {
            throw new IllegalStateException("expected a whole frame, got a piece");
        }
        protocol.process(parsed, socket);
    }

    @Override
    public ReadHandler getReadHandler() {
        return this;
    }

    @Override
    public Writer getWriter() {
        return writer;
    }

    @Override
    public CloseListener getCloseListener() {
        return listener;
    }

    @Override
    public void close(CloseReason reason) {
        if (socket.isConnected()) {
            socket.close(reason);
        }
    }
}
