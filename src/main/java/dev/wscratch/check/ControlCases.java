package dev.wscratch.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stage 6: pings and pongs, reserved opcodes, reserved bits. */
final class ControlCases {
    private static final String CONTROL = "RFC 6455 5.5";
    private static final String BITS = "RFC 6455 5.2";
    private static final Bytes HELLO = Bytes.utf8("Hello");

    private ControlCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.CONTROL);
        pings(family);
        pongs(family);
        tooMuch(family);
        opcodes(family);
        bits(family);
        family.eager(
                "a ping in one piece with the request",
                "RFC 6455 4.2.2",
                new Wanted.Early(new Wanted.Replies(List.of(Reply.pong("early")))),
                Step.send(Masked.ping("early")));
        return family.cases();
    }

    private static void pings(Family family) {
        String section = "RFC 6455 5.5.2, 5.5.3";
        for (int length : new int[] {0, 1, 5, 124, 125}) {
            Bytes payload = Bytes.letters(length);
            family.add(
                    "a ping of " + length + " bytes",
                    section,
                    Wanted.replies(new Reply.Pong(payload)),
                    Step.send(Masked.frame(Masked.FIN | Masked.PING, payload)));
        }
        Bytes binary = Bytes.hex("00 ff fe fd 80 7f");
        family.add(
                "a ping of bytes that are no text",
                section,
                Wanted.replies(new Reply.Pong(binary)),
                Step.send(Masked.frame(Masked.FIN | Masked.PING, binary)));
        family.add(
                "a ping of 125 bytes in writes of 1 byte",
                section,
                Wanted.replies(new Reply.Pong(Bytes.letters(125))),
                Step.chopped(1, Masked.frame(Masked.FIN | Masked.PING, Bytes.letters(125))));
        List<Reply> pongs = new ArrayList<>();
        List<Bytes> pings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pongs.add(Reply.pong("ping " + i));
            pings.add(Masked.ping("ping " + i));
        }
        family.add(
                "ten pings: at least the last is answered",
                "RFC 6455 5.5.3",
                new Wanted.Replies(pongs),
                Step.send(pings.toArray(new Bytes[0])));
        family.add(
                "a ping behind a text",
                section,
                Wanted.replies(Reply.text("Hello"), Reply.pong("p")),
                Step.send(Masked.text("Hello"), Masked.ping("p")));
    }

    private static void pongs(Family family) {
        for (int length : new int[] {0, 5, 125}) {
            family.add(
                    "an unasked pong of " + length + " bytes is not answered",
                    "RFC 6455 5.5.3",
                    Wanted.replies(Reply.pong("after")),
                    Step.send(Masked.frame(Masked.FIN | Masked.PONG, Bytes.letters(length)), Masked.ping("after")));
        }
    }

    private static void tooMuch(Family family) {
        for (int opcode : new int[] {Masked.PING, Masked.PONG, Masked.CLOSE}) {
            Bytes payload =
                    opcode == Masked.CLOSE ? Bytes.join(Bytes.hex("03 e8"), Bytes.letters(124)) : Bytes.letters(126);
            family.add(
                    "a " + name(opcode) + " of 126 bytes",
                    CONTROL,
                    Wanted.failure(1002),
                    Step.send(Masked.frame(Masked.FIN | opcode, payload)));
            family.add(
                    "a " + name(opcode) + " without FIN",
                    "RFC 6455 5.4",
                    Wanted.failure(1002),
                    Step.send(Masked.frame(opcode, opcode == Masked.CLOSE ? Bytes.hex("03 e8") : HELLO)));
        }
        family.add(
                "a ping of 65536 bytes",
                CONTROL,
                Wanted.failure(1002, 1009),
                Step.send(Masked.frame(Masked.FIN | Masked.PING, Bytes.letters(65_536))));
    }

    private static String name(int opcode) {
        return switch (opcode) {
            case Masked.TEXT -> "text";
            case Masked.BINARY -> "binary";
            case Masked.CLOSE -> "close";
            case Masked.PING -> "ping";
            default -> "pong";
        };
    }

    private static void opcodes(Family family) {
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            family.add(
                    "the reserved opcode " + opcode,
                    BITS,
                    Wanted.failure(1002),
                    Step.send(Masked.frame(Masked.FIN | opcode, HELLO)));
        }
        for (int opcode : new int[] {3, 11}) {
            family.add(
                    "the reserved opcode " + opcode + " without payload, behind a text",
                    BITS,
                    Wanted.failureAfter(Reply.text("good"), 1002),
                    Step.send(Masked.text("good"), Masked.frame(Masked.FIN | opcode, Bytes.NONE)));
            family.add(
                    "the reserved opcode " + opcode + " between fragments",
                    BITS,
                    Wanted.failure(1002),
                    Step.send(Masked.first(Masked.TEXT, HELLO), Masked.frame(Masked.FIN | opcode, HELLO)));
        }
    }

    private static void bits(Family family) {
        Map<Integer, String> bits = new TreeMap<>(Map.of(
                0x40,
                "RSV1",
                0x20,
                "RSV2",
                0x10,
                "RSV3",
                0x60,
                "RSV1 and RSV2",
                0x50,
                "RSV1 and RSV3",
                0x30,
                "RSV2 and RSV3",
                0x70,
                "RSV1, RSV2 and RSV3"));
        for (int opcode : new int[] {Masked.TEXT, Masked.BINARY, Masked.PING, Masked.CLOSE}) {
            bits.forEach((bit, name) -> {
                Bytes payload = opcode == Masked.CLOSE ? Bytes.hex("03 e8") : HELLO;
                family.add(
                        name + " in a " + name(opcode) + " without an extension that gives it a meaning",
                        BITS,
                        Wanted.failure(1002),
                        Step.send(Masked.frame(Masked.FIN | bit | opcode, payload)));
            });
        }
        family.add(
                "RSV1 in a continuation",
                BITS,
                Wanted.failure(1002),
                Step.send(Masked.first(Masked.TEXT, HELLO), Masked.frame(Masked.FIN | 0x40, HELLO)));
    }
}
