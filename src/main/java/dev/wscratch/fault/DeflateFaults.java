package dev.wscratch.fault;

import static dev.wscratch.fault.Frames.hex;
import static dev.wscratch.fault.Parameter.inPath;

import dev.wscratch.wire.Extension;
import dev.wscratch.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;

/** Compression gone wrong (RFC 7692). What needs an agreement is played only to clients that offer permessage-deflate. */
final class DeflateFaults {
    private static final String NAME = "permessage-deflate";

    /** What is wrong with the server's answer to the offer, or to no offer. */
    enum Answer {
        UNOFFERED("x-unoffered"),
        UNKNOWN_PARAMETER(NAME + "; x-unknown"),
        BAD_WINDOW(NAME + "; server_max_window_bits=16"),
        REPEATED_PARAMETER(NAME + "; server_no_context_takeover; server_no_context_takeover"),
        TWICE(NAME + ", " + NAME);

        final String extensions;

        Answer(String extensions) {
            this.extensions = extensions;
        }
    }

    /** What is wrong, or only rare, in compressed frames; the text is Hello. */
    enum Data {
        /** A block of the type 3, which DEFLATE does not have (RFC 1951 section 3.2.3). */
        CORRUPT("c1 03 06 00 00"),
        /** RSV1 on a continuation. */
        RSV1_CONTINUATION("41 03 f2 48 cd c0 04 c9 c9 07 00"),
        /** RSV1 on a ping. */
        RSV1_PING("c9 00"),
        /** The example of RFC 7692 section 7.2.3.4: not wrong at all. */
        FINAL_BLOCK("c1 08 f3 48 cd c9 c9 07 00 00");

        final String frames;

        Data(String frames) {
            this.frames = frames;
        }
    }

    private static final Parameter<Answer> ANSWER =
            inPath("how", new Type.Choice<>(Answer.class), "unknown-parameter", "what is wrong");
    private static final Parameter<Data> DATA =
            inPath("how", new Type.Choice<>(Data.class), "corrupt", "what is wrong; a final block is only rare");
    private static final Parameter<Long> MEBIBYTES =
            inPath("mebibytes", new Type.Whole(1, 1024), "64", "size of the message once inflated, in MiB");

    private DeflateFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "deflate-answer",
                        List.of(ANSWER),
                        "Agrees to an extension that nobody offered, or to permessage-deflate with parameters that are"
                                + " unknown, out of range or repeated, or twice; whether it was offered or not.",
                        "Fail the connection: no open event.",
                        "RFC 7692 7.1",
                        "wscratch connect :8080/fault/deflate-answer/unoffered",
                        DeflateFaults::answer),
                new Fault(
                        "deflate-data",
                        Moment.and(DATA),
                        "Agrees to permessage-deflate, then sends a compressed message that is broken, RSV1 where it"
                                + " must not be, or a final block, which is legal. Without the offer it answers 400.",
                        "Fail the connection (1002 or 1007); deliver Hello of the final block.",
                        "RFC 7692 6.1, 7.2.3",
                        "with a client that offers permessage-deflate: /fault/deflate-data/corrupt",
                        (request, arguments) -> compressed(request, arguments, hex(arguments.get(DATA).frames))),
                new Fault(
                        "bomb",
                        Moment.and(MEBIBYTES),
                        "Agrees to permessage-deflate, then sends zeros that grow a thousandfold when inflated."
                                + " Without the offer it answers 400.",
                        "Hold its limit on messages while it inflates, not after: 1009.",
                        "RFC 7692 8",
                        "with a client that offers permessage-deflate: /fault/bomb/1024",
                        (request, arguments) -> compressed(request, arguments, bomb(arguments.whole(MEBIBYTES)))));
    }

    /** A client that does not mind, and compresses, gets its own bytes back, whatever was agreed on its windows. */
    private static Script answer(Handshake.Accepted request, Arguments arguments) {
        String extensions = arguments.get(ANSWER).extensions;
        return HandshakeFaults.openedWith(request, extensions, extensions.startsWith(NAME));
    }

    private static Script compressed(Handshake.Accepted request, Arguments arguments, ByteBuffer frames)
            throws BadArgumentException {
        if (request.extensions().stream().noneMatch(offer -> offer.name().equals(NAME))) {
            throw new BadArgumentException("expected a client that offers " + NAME + ", got an offer of "
                    + (request.extensions().isEmpty() ? "nothing" : "something else"));
        }
        // Without context takeover each message stands for itself: what is sent needs no history, and what the client
        // sends can be sent back as it came.
        Extension agreed = new Extension(
                NAME,
                List.of(
                        new Extension.Parameter("server_no_context_takeover", null),
                        new Extension.Parameter("client_no_context_takeover", null)));
        List<Step> steps = new java.util.ArrayList<>(Moment.before(arguments));
        steps.add(new Step.Send(frames));
        return Script.upgraded(Script.head(request, agreed), Script.LINGER, true, steps);
    }

    /** One compressed binary message of zeros. A mebibyte is deflated once and repeated, so that it costs next to nothing. */
    static ByteBuffer bomb(int mebibytes) {
        byte[] one = Mebibyte.DEFLATED;
        ByteBuffer stream = ByteBuffer.allocate(mebibytes * one.length);
        for (int i = 0; i < mebibytes; i++) {
            stream.put(one);
        }
        // A message's stream leaves out the last four bytes of its last flush, 00 00 FF FF (RFC 7692 section 7.2.1).
        return Frames.frame(0xC2, stream.flip().limit(stream.limit() - 4));
    }

    /** Made when the first bomb is. */
    private static final class Mebibyte {
        static final byte[] DEFLATED = deflate();

        private static byte[] deflate() {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            try {
                deflater.setInput(new byte[1 << 20]);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                byte[] buffer = new byte[4096];
                // A full flush: what comes after it refers to nothing before it.
                for (int count = 1; count > 0; ) {
                    count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
                    out.write(buffer, 0, count);
                }
                return out.toByteArray();
            } finally {
                deflater.end();
            }
        }
    }
}
