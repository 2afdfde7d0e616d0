package dev.wscratch.client;

import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import dev.wscratch.wire.Violation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the server's frames before Tyrus sees them, and keeps the Close frame from it: Tyrus accepts what it must not
 * (masked frames, messages without end), answers a Close frame by itself, replaces some codes, and ends the TCP
 * connection at once. Used by the connection's reading thread only.
 */
final class FrameWatch {
    private final FrameParser parser;

    private @Nullable CloseReason close;
    private @Nullable Violation violation;

    /** @param maxMessage bytes of the longest message */
    FrameWatch(long maxMessage) {
        this.parser = new FrameParser(Role.CLIENT, false, FrameLimits.DEFAULT.withMaxMessage(maxMessage));
    }

    /**
     * Looks at the next bytes of the stream.
     *
     * @return how many of them, from the start, are for Tyrus: none of a Close frame, none of a frame that breaks a rule
     *     here
     */
    int scan(ByteBuffer bytes) {
        int start = bytes.position();
        int whole = start;
        while (true) {
            switch (parser.next(bytes)) {
                case HEADER, PAYLOAD -> {}
                case FRAME_END -> {
                    if (parser.opcode() != Opcode.CLOSE) {
                        whole = bytes.position();
                    }
                }
                case NEED_INPUT -> {
                    boolean inClose = parser.isMidFrame() && parser.opcode() == Opcode.CLOSE;
                    return (inClose ? whole : bytes.position()) - start;
                }
                case CLOSED -> {
                    close = parser.closeReason();
                    return whole - start;
                }
                case VIOLATION -> {
                    violation = parser.violation();
                    return whole - start;
                }
            }
        }
    }

    /** What the server's Close frame said, once it is complete. */
    @Nullable CloseReason close() {
        return close;
    }

    /** The rule that the server broke, or null. */
    @Nullable Violation violation() {
        return violation;
    }
}
