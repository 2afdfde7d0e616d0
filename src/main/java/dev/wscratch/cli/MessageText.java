package dev.wscratch.cli;

import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.InflateFault;
import dev.wscratch.wire.MessageInflater;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.PeerText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Puts messages together from their frames, and inflates them, so that {@code explain} can show what they say. */
final class MessageText {
    private static final int MOST_INFLATED = 16 << 20;

    /**
     * A whole message, or the payload of a ping or pong.
     *
     * @param fault what is wrong with its compression, or null
     */
    record Content(Opcode opcode, boolean compressed, ByteBuffer bytes, @Nullable InflateFault fault) {
        /** Text in quotes, or hex digits; at most so many characters or bytes. */
        String shown(int most) {
            if (opcode == Opcode.TEXT) {
                String text = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
                return "\"" + PeerText.escape(text, most) + "\"";
            }
            int length = bytes.remaining();
            byte[] some = new byte[Math.min(length, most)];
            bytes.get(bytes.position(), some);
            return length == 0 ? "(empty)" : "0x" + HexFormat.of().formatHex(some) + (length > most ? "…" : "");
        }
    }

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();
    private final MessageInflater inflater = new MessageInflater(true, MOST_INFLATED);

    /** TEXT or BINARY, of the message under way. */
    private Opcode opcode = Opcode.BINARY;

    Opcode opcode() {
        return opcode;
    }

    void header(FrameParser frame) {
        control.reset();
        if (frame.startsMessage()) {
            data.reset();
            opcode = frame.opcode();
        }
    }

    void payload(FrameParser frame) {
        byte[] piece = new byte[frame.payloadTo() - frame.payloadFrom()];
        frame.payload().get(piece);
        (frame.opcode().isControl() ? control : data).writeBytes(piece);
    }

    /** {@return what the frame completes, or null if its message goes on} */
    @Nullable Content ended(FrameParser frame) {
        if (frame.opcode() == Opcode.CLOSE) {
            return null;
        }
        if (frame.opcode().isControl()) {
            return new Content(frame.opcode(), false, ByteBuffer.wrap(control.toByteArray()), null);
        }
        if (!frame.endsMessage()) {
            return null;
        }
        return frame.messageCompressed()
                ? inflated()
                : new Content(opcode, false, ByteBuffer.wrap(data.toByteArray()), null);
    }

    private Content inflated() {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.wrap(data.toByteArray());
        ByteBuffer room = ByteBuffer.allocate(8_192);
        inflater.begin(opcode);
        MessageInflater.Step step;
        do {
            step = inflater.inflate(piece, room.clear());
            plain.write(room.array(), 0, room.position());
        } while (step == MessageInflater.Step.OUTPUT_FULL);
        while (step == MessageInflater.Step.DONE || step == MessageInflater.Step.OUTPUT_FULL) {
            step = inflater.finish(room.clear());
            plain.write(room.array(), 0, room.position());
            if (step == MessageInflater.Step.DONE) {
                return new Content(opcode, true, ByteBuffer.wrap(plain.toByteArray()), null);
            }
        }
        return new Content(opcode, true, ByteBuffer.allocate(0), inflater.fault());
    }
}
