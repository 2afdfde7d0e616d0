package dev.wscratch.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds a parser and writes down what it told, one line per frame, so that two ways of feeding can be compared. */
final class FrameTrace {
    final List<String> frames = new ArrayList<>();

    @Nullable Violation violation;

    @Nullable CloseReason closed;

    FrameParser.Step last = FrameParser.Step.NEED_INPUT;
    private final FrameParser parser;
    private ByteArrayOutputStream payload = new ByteArrayOutputStream();

    FrameTrace(FrameParser parser) {
        this.parser = parser;
    }

    static FrameTrace whole(FrameParser parser, byte[] bytes) {
        return new FrameTrace(parser).feed(ByteBuffer.wrap(bytes.clone()));
    }

    static FrameTrace byteByByte(FrameParser parser, byte[] bytes) {
        FrameTrace trace = new FrameTrace(parser);
        for (byte b : bytes) {
            trace.feed(ByteBuffer.wrap(new byte[] {b}));
        }
        return trace;
    }

    /** Takes everything that the parser makes of these bytes. */
    FrameTrace feed(ByteBuffer in) {
        while (true) {
            last = parser.next(in);
            switch (last) {
                case HEADER -> payload = new ByteArrayOutputStream();
                case PAYLOAD -> keep(parser.payload());
                case FRAME_END -> frames.add(describe());
                case NEED_INPUT -> {
                    return this;
                }
                case CLOSED -> {
                    closed = parser.closeReason();
                    return this;
                }
                case VIOLATION -> {
                    violation = parser.violation();
                    return this;
                }
                default -> throw new AssertionError(last);
            }
        }
    }

    /** The violation that must have come. */
    Violation broken() {
        if (violation == null) {
            throw new AssertionError("expected a violation, got " + last + " after " + frames);
        }
        return violation;
    }

    private void keep(ByteBuffer piece) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        payload.writeBytes(copy);
    }

    private String describe() {
        byte[] bytes = payload.toByteArray();
        String shown = show(parser.messageOpcode(), bytes);
        return parser.opcode().label() + (parser.fin() ? " fin " : " ") + (parser.rsv1() ? "rsv1 " : "")
                + (parser.masked() ? "masked " : "") + (parser.startsMessage() ? "starts " : "")
                + (parser.endsMessage() ? "ends " : "") + parser.messageOpcode().label() + " @" + parser.frameOffset()
                + " " + parser.headerLength() + "+" + parser.payloadLength() + " " + shown;
    }

    /** Short enough for a failed assertion: text as text, bytes as hex, and only a hash of what is long. */
    static String show(Opcode message, byte[] bytes) {
        if (bytes.length > 60) {
            return "#" + Arrays.hashCode(bytes);
        }
        return message == Opcode.TEXT
                ? '"' + new String(bytes, StandardCharsets.UTF_8) + '"'
                : HexFormat.of().formatHex(bytes);
    }
}
