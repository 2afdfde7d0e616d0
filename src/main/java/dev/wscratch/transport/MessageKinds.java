package dev.wscratch.transport;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Opcode;
import jakarta.websocket.Decoder;
import jakarta.websocket.MessageHandler;
import java.util.List;
import java.util.Set;
import org.glassfish.tyrus.core.MessageHandlerManager;
import org.glassfish.tyrus.core.TyrusSession;

/**
 * Which kinds of messages an endpoint takes. Tyrus throws at the other kind, as if the endpoint had failed (1011); but it is
 * the client that sent what cannot be accepted (1003, RFC 6455 section 7.4.1).
 *
 * <p>Used where callbacks run.
 */
final class MessageKinds {
    private final TyrusSession session;
    private final List<Class<? extends Decoder>> decoders;

    /** The session's handlers when they were last looked at. */
    private Set<MessageHandler> known = Set.of();

    private boolean text;
    private boolean binary;

    MessageKinds(TyrusSession session, List<Class<? extends Decoder>> decoders) {
        this.session = session;
        this.decoders = decoders;
    }

    /** {@return whether there is a handler for such messages, whole or in pieces; {@code kind} is TEXT or BINARY} */
    boolean takes(Opcode kind) {
        if (!session.isOpen()) {
            // Nothing is taken any more, which Tyrus knows best how to say.
            return true;
        }
        Set<MessageHandler> now = session.getMessageHandlers();
        if (now != known) {
            look(now);
            known = now;
        }
        return kind == Opcode.TEXT ? text : binary;
    }

    /** {@return how a message of a kind that is not taken is answered} */
    CloseReason refusal(Opcode kind) {
        String got = kind == Opcode.TEXT ? "text" : "binary";
        String other = kind == Opcode.TEXT ? "binary" : "text";
        boolean takesOther = kind == Opcode.TEXT ? binary : text;
        return new CloseReason(
                CloseCode.UNSUPPORTED_DATA,
                takesOther
                        ? "this endpoint takes " + other + " messages only, got a " + got + " one"
                        : "this endpoint takes no messages, got a " + got + " one");
    }

    private void look(Set<MessageHandler> handlers) {
        MessageHandlerManager types = MessageHandlerManager.fromDecoderClasses(decoders);
        try {
            handlers.forEach(types::addMessageHandler);
        } catch (IllegalStateException unknown) {
            // A lambda, whose type was told to Tyrus alone: it knows what it takes.
            text = true;
            binary = true;
            return;
        }
        text = isTaken(types, new NoText());
        binary = isTaken(types, new NoBinary());
    }

    /** It tells no stranger which handlers it has, but refuses a second one for the same kind. */
    private static boolean isTaken(MessageHandlerManager types, MessageHandler.Partial<?> another) {
        try {
            types.addMessageHandler(another);
            return false;
        } catch (IllegalStateException taken) {
            return true;
        }
    }

    /** A handler of texts that gets none. */
    private static final class NoText implements MessageHandler.Partial<String> {
        @Override
        public void onMessage(String part, boolean last) {
            throw new IllegalStateException("expected never to be called, got a text");
        }
    }

    /** A handler of bytes that gets none. */
    private static final class NoBinary implements MessageHandler.Partial<byte[]> {
        @Override
        public void onMessage(byte[] part, boolean last) {
            throw new IllegalStateException("expected never to be called, got bytes");
        }
    }
}
