package dev.wscratch.fault;

import static dev.wscratch.fault.Frames.hello;
import static dev.wscratch.fault.Frames.hex;
import static dev.wscratch.fault.Frames.join;
import static dev.wscratch.fault.Parameter.inPath;
import static dev.wscratch.fault.Parameter.inQuery;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames that break the rules of RFC 6455 section 5. */
final class FrameFaults {
    /** A control frame. */
    enum Control {
        PING(0x9),
        PONG(0xA),
        CLOSE(0x8);

        final int opcode;

        Control(int opcode) {
            this.opcode = opcode;
        }
    }

    /** How text fails to be UTF-8; Café is what it would have said. */
    enum Utf8 {
        WHOLE("81 05 43 61 66 c3 28"),
        SPLIT("01 04 43 61 66 c3 80 01 28"),
        CUT("81 04 43 61 66 c3"),
        OVERLONG("81 02 c0 af"),
        SURROGATE("81 03 ed a0 80");

        final String frames;

        Utf8(String frames) {
            this.frames = frames;
        }
    }

    /** How a length is wrong; the payload is Hello. */
    enum Length {
        NOT_MINIMAL_16("81 7e 00 05 48 65 6c 6c 6f"),
        NOT_MINIMAL_64("81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f"),
        HIGH_BIT("81 7f 80 00 00 00 00 00 00 05 48 65 6c 6c 6f");

        final String frame;

        Length(String frame) {
            this.frame = frame;
        }
    }

    /** Opcodes that nobody may send yet. */
    record Reserved() implements Type<Long> {
        private static final Type.Whole ANY = new Type.Whole(3, 15);

        @Override
        public String name() {
            return "number";
        }

        @Override
        public String range() {
            return "3 to 7 or 11 to 15";
        }

        @Override
        public @Nullable Long parse(String text) {
            Long opcode = ANY.parse(text);
            return opcode == null || Opcode.of(opcode.intValue()) != null ? null : opcode;
        }
    }

    private static final Parameter<Long> BIT =
            inPath("bit", new Type.Whole(1, 3), "1", "which of the three reserved bits");
    private static final Parameter<Long> OPCODE = inPath("opcode", new Reserved(), "3", "the opcode");
    private static final Parameter<Control> CONTROL =
            inPath("frame", new Type.Choice<>(Control.class), "ping", "which control frame");
    private static final Parameter<Long> SIZE = inQuery("size", new Type.Whole(126, 65_536), "126", "bytes of payload");
    private static final Parameter<Utf8> UTF8 =
            inPath("how", new Type.Choice<>(Utf8.class), "whole", "where it goes wrong");
    private static final Parameter<Length> LENGTH =
            inPath("how", new Type.Choice<>(Length.class), "not-minimal-16", "what is wrong");

    private FrameFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "rsv",
                        Moment.and(BIT),
                        "Sends a text frame with a reserved bit set that no extension has claimed.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.2",
                        "wscratch connect :8080/fault/rsv/2",
                        (request, arguments) -> send(request, arguments, hello(0x81 | 0x80 >> arguments.whole(BIT)))),
                new Fault(
                        "opcode",
                        Moment.and(OPCODE),
                        "Sends a frame with a reserved opcode.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.2",
                        "wscratch connect :8080/fault/opcode/3",
                        (request, arguments) -> send(request, arguments, hello(0x80 | arguments.whole(OPCODE)))),
                new Fault(
                        "masked",
                        Moment.and(),
                        "Sends a masked text frame, as only clients may.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.1",
                        "wscratch connect :8080/fault/masked",
                        (request, arguments) -> send(request, arguments, masked())),
                new Fault(
                        "big-control",
                        Moment.and(CONTROL, SIZE),
                        "Sends a control frame with more than 125 bytes of payload.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.5",
                        "wscratch connect :8080/fault/big-control/ping",
                        (request, arguments) -> send(
                                request,
                                arguments,
                                Frames.frame(
                                        0x80 | arguments.get(CONTROL).opcode,
                                        bigPayload(arguments.get(CONTROL), arguments.whole(SIZE))))),
                new Fault(
                        "fragmented-control",
                        Moment.and(CONTROL),
                        "Sends a control frame without FIN.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.5",
                        "wscratch connect :8080/fault/fragmented-control/ping",
                        (request, arguments) ->
                                send(request, arguments, Frames.frame(arguments.get(CONTROL).opcode, hex("03 e8")))),
                new Fault(
                        "bad-utf8",
                        Moment.and(UTF8),
                        "Sends text that is not UTF-8: a wrong byte, also in the next fragment (split), a character"
                                + " without its end (cut), an overlong form, half a surrogate pair.",
                        "Fail the connection (1007).",
                        "RFC 6455 8.1",
                        "wscratch connect :8080/fault/bad-utf8/split",
                        (request, arguments) -> send(request, arguments, hex(arguments.get(UTF8).frames))),
                new Fault(
                        "bare-continuation",
                        Moment.and(),
                        "Sends a continuation frame where no message has begun.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.4",
                        "wscratch connect :8080/fault/bare-continuation",
                        (request, arguments) -> send(request, arguments, hello(0x80))),
                new Fault(
                        "interrupted",
                        Moment.and(),
                        "Begins a message, then sends another one before the first has ended.",
                        "Fail the connection (1002).",
                        "RFC 6455 5.4",
                        "wscratch connect :8080/fault/interrupted",
                        (request, arguments) -> send(request, arguments, join(hello(0x01), hello(0x81), hello(0x80)))),
                new Fault(
                        "length",
                        Moment.and(LENGTH),
                        "Writes the length in a longer form than it needs, or with the highest of 64 bits set.",
                        "May fail the connection (1002) for a longer form; must for the bit.",
                        "RFC 6455 5.2",
                        "wscratch connect :8080/fault/length/high-bit",
                        (request, arguments) -> send(request, arguments, hex(arguments.get(LENGTH).frame))));
    }

    private static Script send(Handshake.Accepted request, Arguments arguments, ByteBuffer bytes) {
        return Moment.script(request, arguments, new Step.Send(bytes));
    }

    /** "Hello" as RFC 6455 section 5.7 masks it. */
    private static ByteBuffer masked() {
        ByteBuffer hello = Frames.utf8("Hello");
        return FrameSerialiser.frame(FrameHeader.masked(Opcode.TEXT, hello.remaining(), 0x37FA213D), hello);
    }

    /** A Close frame needs a code first, so that nothing but its length is wrong. */
    private static ByteBuffer bigPayload(Control control, int size) {
        byte[] payload = new byte[size];
        java.util.Arrays.fill(payload, (byte) '.');
        if (control == Control.CLOSE) {
            payload[0] = 0x03;
            payload[1] = (byte) 0xE8;
        }
        return ByteBuffer.wrap(payload);
    }
}
