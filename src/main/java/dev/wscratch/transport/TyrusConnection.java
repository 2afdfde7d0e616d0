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

    /** Null when Tyrus has opened no session. */
    private final @Nullable MessageKinds kinds;

    /** Made when first needed: it holds two coders. Touched where callbacks run. */
    private @Nullable ReadyText text;

    TyrusConnection(
            ProtocolHandler protocol,
            MessageSocket socket,
            @Nullable DirectHandlers handlers,
            @Nullable MessageKinds kinds,
            Writer writer,
            CloseListener listener) {
        this.protocol = protocol;
        this.socket = socket;
        this.handlers = handlers;
        this.kinds = kinds;
        this.writer = writer;
        this.listener = listener;
    }

    @Override
    public void handle(ByteBuffer frame) {
        guarded(() -> {
            int first = frame.get(frame.position()) & 0xFF;
            if (first == (FIN | Opcode.TEXT.value())) {
                takeText(frame);
            } else if (first == (FIN | Opcode.BINARY.value())) {
                takeBinary(payload(frame));
            } else {
                takeFrame(frame);
            }
        });
    }

    /**
     * Hands over a whole message.
     *
     * @param type TEXT or BINARY
     * @param payload of it; the application may keep it
     */
    void handle(Opcode type, byte[] payload) {
        guarded(() -> {
            if (type == Opcode.TEXT) {
                takeText(payload);
            } else {
                takeBinary(payload);
            }
        });
    }

    private void guarded(Runnable take) {
        try {
            take.run();
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

    private void takeText(ByteBuffer frame) {
        if (frame.remaining() > REMEMBERED || !frame.hasArray()) {
            takeText(payload(frame));
        } else {
            int at = frame.position() + headerLength(frame);
            takeText(new String(frame.array(), frame.arrayOffset() + at, frame.limit() - at, StandardCharsets.UTF_8));
        }
    }

    private void takeText(byte[] payload) {
        if (payload.length < REMEMBERED) {
            takeText(new String(payload, StandardCharsets.UTF_8));
            return;
        }
        try {
            takeText(Utf8.decode(payload));
        } finally {
            Utf8.forget();
        }
    }

    private void takeText(String message) {
        if ((handlers == null || !handlers.text(message)) && isTaken(Opcode.TEXT)) {
            ReadyText frame = text;
            if (frame == null) {
                frame = new ReadyText();
                text = frame;
            }
            frame.hand(message, socket);
        }
    }

    private void takeBinary(byte[] payload) {
        if ((handlers == null || !handlers.binary(payload)) && isTaken(Opcode.BINARY)) {
            socket.onMessage(new BinaryFrame(payload, false, true));
        }
    }

    /** Closes the connection if not. */
    private boolean isTaken(Opcode kind) {
        if (kinds == null || kinds.takes(kind)) {
            return true;
        }
        close(JakartaCloseReason.of(kinds.refusal(kind)));
        return false;
    }

    private void takeFrame(ByteBuffer frame) {
        int first = frame.get(frame.position()) & 0xFF;
        if ((first == Opcode.TEXT.value() && !isTaken(Opcode.TEXT))
                || (first == Opcode.BINARY.value() && !isTaken(Opcode.BINARY))) {
            return;
        }
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
