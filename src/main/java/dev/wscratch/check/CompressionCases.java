package dev.wscratch.check;

import dev.wscratch.wire.Opcode;
import java.util.List;
import java.util.Set;

/** Stage 10: permessage-deflate, offered in every way, kept to, and broken. */
final class CompressionCases {
    private static final String NAME = "permessage-deflate";
    private static final String PARAMETERS = "RFC 7692 7.1";
    private static final String DATA = "RFC 7692 7.2";
    private static final Request PLAIN = Request.USUAL.offering(NAME);

    /** "Hello" as RFC 7692 section 7.2.3.1 has it. */
    private static final Bytes HELLO = Bytes.hex("f2 48 cd c9 c9 07 00");

    private static final int RSV1 = 0x40;

    private CompressionCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.COMPRESSION);
        offers(family);
        messages(family);
        takeover(family);
        byHand(family);
        wrong(family);
        return family.cases();
    }

    private static void offers(Family family) {
        List<String> good = List.of(
                NAME,
                NAME + "; client_max_window_bits",
                NAME + "; client_max_window_bits=15",
                NAME + "; client_max_window_bits=10",
                NAME + "; client_max_window_bits=9",
                NAME + "; server_max_window_bits=15",
                NAME + "; server_max_window_bits=12",
                NAME + "; server_max_window_bits=9",
                NAME + "; server_no_context_takeover",
                NAME + "; client_no_context_takeover",
                NAME + "; server_no_context_takeover; client_no_context_takeover",
                NAME + "; server_max_window_bits=10; client_max_window_bits=10",
                NAME + "; server_max_window_bits=\"10\"",
                "x-unknown, " + NAME);
        for (String offer : good) {
            family.add(
                    "the offer " + offer + ": what is agreed fits, and a text comes back",
                    PARAMETERS,
                    Request.USUAL.offering(offer),
                    Wanted.replies(Reply.text("Hello, Hello, Hello")),
                    deflated("Hello, Hello, Hello"));
        }
        List<String> bad = List.of(
                NAME + "; unknown_parameter",
                NAME + "; server_max_window_bits=7",
                NAME + "; server_max_window_bits=16",
                NAME + "; server_max_window_bits",
                NAME + "; client_max_window_bits=16",
                NAME + "; server_no_context_takeover=1",
                NAME + "; client_no_context_takeover; client_no_context_takeover");
        for (String offer : bad) {
            family.add(
                    "the offer " + offer + " is declined", PARAMETERS, Request.USUAL.offering(offer), Wanted.replies());
        }
    }

    private static Step deflated(String text) {
        return new Step.Deflated(Opcode.TEXT, Bytes.utf8(text), 0);
    }

    private static void messages(Family family) {
        for (int length : new int[] {0, 1, 125, 126, 1_000, 65_535, 65_536, 200_000}) {
            Bytes message = Bytes.letters(length);
            family.add(
                    "a compressed text of " + length + " bytes",
                    DATA,
                    PLAIN,
                    Wanted.replies(Reply.text(message)),
                    new Step.Deflated(Opcode.TEXT, message, 0));
            family.add(
                    "a compressed binary of " + length + " bytes",
                    DATA,
                    PLAIN,
                    Wanted.replies(Reply.binary(message)),
                    new Step.Deflated(Opcode.BINARY, message, 0));
        }
        for (int piece : new int[] {1, 100, 500}) {
            Bytes message = Bytes.letters(1_000);
            family.add(
                    "a compressed text of 1000 bytes, " + piece + " of them in each frame",
                    DATA,
                    PLAIN,
                    Wanted.replies(Reply.text(message)),
                    new Step.Deflated(Opcode.TEXT, message, piece));
        }
        family.add(
                "a message that is not compressed is fine as well",
                "RFC 7692 6.1",
                PLAIN,
                Wanted.replies(Reply.text("plain")),
                Step.send(Masked.text("plain")));
    }

    private static void takeover(Family family) {
        String again = "the same words again and again, the same words again and again";
        for (String offer :
                List.of(NAME, NAME + "; server_no_context_takeover", NAME + "; client_no_context_takeover")) {
            family.add(
                    "three equal messages, " + offer,
                    "RFC 7692 7.1.1",
                    Request.USUAL.offering(offer),
                    Wanted.replies(Reply.text(again), Reply.text(again), Reply.text(again)),
                    deflated(again),
                    deflated(again),
                    deflated(again));
        }
        family.add(
                "a plain message between compressed ones",
                "RFC 7692 6.1",
                PLAIN,
                Wanted.replies(Reply.text(again), Reply.text("plain"), Reply.text(again)),
                deflated(again),
                Step.send(Masked.text("plain")),
                deflated(again));
    }

    private static void byHand(Family family) {
        Reply hello = Reply.text("Hello");
        int first = Masked.FIN | RSV1 | Masked.TEXT;
        family.add("Hello", "RFC 7692 7.2.3.1", PLAIN, Wanted.replies(hello), Step.send(Masked.frame(first, HELLO)));
        family.add(
                "Hello in a stored block",
                "RFC 7692 7.2.3.3",
                PLAIN,
                Wanted.replies(hello),
                Step.send(Masked.frame(first, Bytes.hex("00 05 00 fa ff 48 65 6c 6c 6f 00"))));
        family.add(
                "Hello in a block with BFINAL = 1",
                "RFC 7692 7.2.3.4",
                PLAIN,
                Wanted.replies(hello),
                Step.send(Masked.frame(first, Bytes.hex("f3 48 cd c9 c9 07 00 00"))));
        family.add(
                "Hello in two blocks",
                "RFC 7692 7.2.3.5",
                PLAIN,
                Wanted.replies(hello),
                Step.send(Masked.frame(first, Bytes.hex("f2 48 05 00 00 00 ff ff ca c9 c9 07 00"))));
        family.add(
                "an empty message as one empty block",
                "RFC 7692 7.2.3.6",
                PLAIN,
                Wanted.replies(Reply.text("")),
                Step.send(Masked.frame(first, Bytes.hex("00"))));
        family.add(
                "Hello in two frames, RSV1 on the first only, a ping between them",
                "RFC 7692 6.1",
                PLAIN,
                Wanted.replies(Reply.pong("p"), hello),
                Step.send(
                        Masked.frame(RSV1 | Masked.TEXT, HELLO.part(0, 3)),
                        Masked.ping("p"),
                        Masked.last(HELLO.part(3, HELLO.length()))));
    }

    private static void wrong(Family family) {
        int first = Masked.FIN | RSV1 | Masked.TEXT;
        family.add(
                "RSV1 on a continuation",
                "RFC 7692 6.1",
                PLAIN,
                Wanted.failure(1002),
                Step.send(
                        Masked.frame(RSV1 | Masked.TEXT, HELLO.part(0, 3)),
                        Masked.frame(Masked.FIN | RSV1, HELLO.part(3, HELLO.length()))));
        family.add(
                "RSV1 on a ping",
                "RFC 7692 6.1",
                PLAIN,
                Wanted.failure(1002),
                Step.send(Masked.frame(Masked.FIN | RSV1 | Masked.PING, Bytes.utf8("p"))));
        family.add(
                "RSV2 on a compressed text",
                "RFC 6455 5.2",
                PLAIN,
                Wanted.failure(1002),
                Step.send(Masked.frame(first | 0x20, HELLO)));
        family.add(
                "bytes that are not DEFLATE",
                DATA,
                PLAIN,
                Wanted.failure(1002, 1007, 1003),
                Step.send(Masked.frame(first, Bytes.hex("ff ff ff ff ff ff"))));
        family.add(
                "a look back before the beginning",
                DATA,
                PLAIN,
                Wanted.failure(1002, 1007, 1003),
                Step.send(Masked.frame(first, Bytes.hex("02 13 00 00"))));
        family.add(
                "a compressed text that is not UTF-8",
                "RFC 6455 8.1",
                PLAIN,
                Wanted.failure(1007),
                new Step.Deflated(Opcode.TEXT, Bytes.hex("48 ff fe"), 0));
        Bytes zeros = Bytes.of(new byte[32 << 20]);
        family.add(
                "32 MiB of zeros in 32 KiB: the same back, or 1009",
                "RFC 6455 10.4",
                PLAIN,
                new Wanted.Either(
                        new Wanted.Replies(List.of(Reply.binary(zeros))),
                        new Wanted.Failure(List.of(), Set.of(1009), false)),
                new Step.Deflated(Opcode.BINARY, zeros, 0));
    }
}
