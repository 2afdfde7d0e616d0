package dev.wscratch.wire;

import org.jspecify.annotations.Nullable;

/** The sentences about a frame as its first byte tells: by opcode and FIN. */
final class FrameWords {
    /** What an opcode without a name is called. */
    static final String RESERVED = "reserved";

    private FrameWords() {}

    static String ofOpcode(@Nullable Opcode opcode) {
        if (opcode == null) {
            return "A kind of frame that nobody has defined yet.";
        }
        return switch (opcode) {
            case CONTINUATION -> "One more piece of the message that an earlier frame began.";
            case TEXT -> "Text in UTF-8.";
            case BINARY -> "Bytes that mean whatever the application wants.";
            case CLOSE -> "Goodbye: the last frame that this end sends.";
            case PING -> "Are you there? The other end answers with a pong.";
            case PONG -> "The answer to a ping: I am here.";
        };
    }

    static String ofFrame(@Nullable Opcode opcode, boolean fin) {
        if (opcode == null) {
            return "A frame of a kind that nobody has defined yet.";
        }
        return switch (opcode) {
            case CONTINUATION -> fin ? "The last piece of a message." : "A further piece of a message, not the last.";
            case TEXT -> fin ? "A text message, complete in this frame." : "The first piece of a text message.";
            case BINARY -> fin ? "A binary message, complete in this frame." : "The first piece of a binary message.";
            case CLOSE -> "A close frame: this end says goodbye.";
            case PING -> "A ping: this end asks whether the other is there.";
            case PONG -> "A pong: this end says that it is there.";
        };
    }
}
