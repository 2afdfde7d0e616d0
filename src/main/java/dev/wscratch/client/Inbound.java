package dev.wscratch.client;

import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.transport.FrameAssembler;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the server's frames before Tyrus sees them, inflates them, and keeps the Close frame from it: Tyrus accepts what
 * it must not (masked frames, messages without end), answers a Close frame by itself, replaces some codes, and ends the
 * TCP connection at once. Used by the connection's reading thread only.
 */
final class Inbound {
    private final FrameParser parser;
    private final FrameAssembler assembler;
    private final @Nullable FrameTap tap;

    /** The payload of the frame under way, for the tap. */
    private final ByteArrayOutputStream tapped = new ByteArrayOutputStream();

    private @Nullable CloseReason close;
    private @Nullable Violation violation;

    Inbound(FrameParser parser, FrameAssembler assembler, @Nullable FrameTap tap) {
        this.parser = parser;
        this.assembler = assembler;
        this.tap = tap;
    }

    /**
     * Takes all bytes, up to the Close frame or to one that breaks a rule.
     *
     * @param bytes writable
     * @param frames gets each whole frame, plain, but no Close frame; the buffer is valid during the call
     */
    void read(ByteBuffer bytes, Consumer<ByteBuffer> frames) {
        int start = bytes.position();
        while (close == null && violation == null) {
            switch (parser.next(bytes)) {
                case HEADER -> {
                    tapped.reset();
                    if (parser.opcode() != Opcode.CLOSE) {
                        assembler.begin(bytes, start);
                    }
                }
                case PAYLOAD -> piece();
                case FRAME_END -> frame(bytes, frames);
                case CLOSED -> close = parser.closeReason();
                case VIOLATION -> violation = parser.violation();
                case NEED_INPUT -> {
                    return;
                }
            }
        }
    }

    private void piece() {
        if (tap != null) {
            byte[] copy = new byte[parser.payloadTo() - parser.payloadFrom()];
            parser.payload().get(copy);
            tapped.writeBytes(copy);
        }
        if (parser.opcode() != Opcode.CLOSE) {
            assembler.take();
            violation = assembler.violation();
        }
    }

    private void frame(ByteBuffer bytes, Consumer<ByteBuffer> frames) {
        if (tap != null) {
            tap.frame(new PassingFrame(false, parser.header(), ByteBuffer.wrap(tapped.toByteArray())));
        }
        if (parser.opcode() == Opcode.CLOSE) {
            return;
        }
        ByteBuffer whole = parser.opcode().isControl() ? assembler.frame(bytes) : assembler.dataFrame(bytes);
        violation = assembler.violation();
        if (whole != null) {
            frames.accept(whole);
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
