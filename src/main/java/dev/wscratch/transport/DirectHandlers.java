package dev.wscratch.transport;

import jakarta.websocket.Decoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.MessageHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.MessageHandlerManager;
import org.glassfish.tyrus.core.TyrusSession;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler of a whole message when there is no doubt which it is: one for String, ByteBuffer or byte[], with no
 * decoder of the endpoint's own in between.
 *
 * <p>Tyrus comes to the same handler by asking each of its dozen decoders and sorting the handlers, for each message again:
 * that was a third of the cost of a small message. Whenever there is doubt, it is asked to.
 *
 * <p>Used where callbacks run.
 */
final class DirectHandlers {
    private final TyrusSession session;
    private final Endpoint endpoint;
    private final List<Class<? extends Decoder>> decoders;

    /** The session's handlers when they were last looked at: another set once one was added or removed. */
    private Set<MessageHandler> known = Set.of();

    private MessageHandler.@Nullable Whole<String> text;
    private MessageHandler.@Nullable Whole<ByteBuffer> buffer;
    private MessageHandler.@Nullable Whole<byte[]> bytes;

    /**
     * For an open session.
     *
     * @param endpoint told what a handler throws
     * @param decoders of its configuration
     */
    DirectHandlers(TyrusSession session, Endpoint endpoint, List<Class<? extends Decoder>> decoders) {
        this.session = session;
        this.endpoint = endpoint;
        this.decoders = decoders;
    }

    /** {@return whether the message is done with; else Tyrus must be asked} */
    boolean text(String message) {
        return isPlain() && deliver(text, message);
    }

    /** {@return whether the message is done with; else Tyrus must be asked} */
    boolean binary(byte[] message) {
        return isPlain() && (buffer == null ? deliver(bytes, message) : deliver(buffer, ByteBuffer.wrap(message)));
    }

    /** An idle timeout of the session's own is restarted by Tyrus only. */
    private boolean isPlain() {
        if (session.getMaxIdleTimeout() >= 0 || !session.isOpen()) {
            return false;
        }
        Set<MessageHandler> now = session.getMessageHandlers();
        if (now != known) {
            look(now);
            known = now;
        }
        return true;
    }

    private <T> boolean deliver(MessageHandler.@Nullable Whole<T> handler, T message) {
        if (handler == null) {
            return false;
        }
        try {
            handler.onMessage(message);
        } catch (RuntimeException | Error e) {
            endpoint.onError(session, e);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // Tyrus has looked at each handler's type parameter when it was added.
    private void look(Set<MessageHandler> handlers) {
        text = null;
        buffer = null;
        bytes = null;
        MessageHandlerManager types = MessageHandlerManager.fromDecoderClasses(decoders);
        try {
            handlers.forEach(types::addMessageHandler);
        } catch (IllegalStateException unknown) {
            // A lambda, whose type was told to Tyrus alone.
            return;
        }
        for (Map.Entry<Class<?>, MessageHandler> whole : types.getOrderedWholeMessageHandlers()) {
            if (whole.getKey() == String.class) {
                text = (MessageHandler.Whole<String>) whole.getValue();
            } else if (whole.getKey() == ByteBuffer.class) {
                buffer = (MessageHandler.Whole<ByteBuffer>) whole.getValue();
            } else if (whole.getKey() == byte[].class) {
                bytes = (MessageHandler.Whole<byte[]>) whole.getValue();
            }
        }
    }
}
