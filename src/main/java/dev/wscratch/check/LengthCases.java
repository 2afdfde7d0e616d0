package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** Stage 3: the three forms of a length, at their edges, for text and binary. */
final class LengthCases {
    private static final String LENGTH = "RFC 6455 5.2";

    private static final int[] LENGTHS = {
        0, 1, 2, 124, 125, 126, 127, 128, 129, 254, 255, 256, 257, 1_000, 4_096, 32_767, 32_768, 65_534, 65_535, 65_536,
        65_537, 100_000
    };

    private LengthCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.LENGTHS);
        for (int length : LENGTHS) {
            Bytes payload = Bytes.letters(length);
            family.add(
                    "binary of " + length + " bytes",
                    LENGTH,
                    Wanted.replies(Reply.binary(payload)),
                    Step.send(Masked.binary(payload)));
        }
        for (int length : LENGTHS) {
            Bytes payload = Bytes.letters(length);
            family.add(
                    "text of " + length + " bytes",
                    LENGTH,
                    Wanted.replies(Reply.text(payload)),
                    Step.send(Masked.text(payload)));
        }
        everyByte(family);
        pieces(family);
        wasteful(family);
        return family.cases();
    }

    private static void everyByte(Family family) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        family.add(
                "binary of every byte from 00 to ff",
                "RFC 6455 5.6",
                Wanted.replies(Reply.binary(Bytes.of(all))),
                Step.send(Masked.binary(Bytes.of(all))));
    }

    private static void pieces(Family family) {
        for (int length : new int[] {125, 126, 1_000, 65_536}) {
            Bytes payload = Bytes.letters(length);
            int piece = length == 65_536 ? 997 : 1;
            family.add(
                    "binary of " + length + " bytes in writes of " + piece,
                    LENGTH,
                    Wanted.replies(Reply.binary(payload)),
                    Step.chopped(piece, Masked.binary(payload)));
        }
    }

    private static void wasteful(Family family) {
        Wanted.Failure better = new Wanted.Failure(List.of(), Set.of(1002), true);
        Bytes hello = Bytes.utf8("Hello");
        int text = Masked.FIN | Masked.TEXT;
        family.add("5 bytes with their length in 16 bits", LENGTH, better, Step.send(Masked.with16(text, hello)));
        family.add("5 bytes with their length in 64 bits", LENGTH, better, Step.send(Masked.with64(text, hello)));
        family.add(
                "125 bytes with their length in 16 bits",
                LENGTH,
                better,
                Step.send(Masked.with16(text, Bytes.letters(125))));
        family.add(
                "65535 bytes with their length in 64 bits",
                LENGTH,
                better,
                Step.send(Masked.with64(text, Bytes.letters(65_535))));
        for (long length : new long[] {Long.MIN_VALUE, -1}) {
            family.add(
                    "a length with its highest bit set: " + Long.toHexString(length),
                    LENGTH,
                    Wanted.failure(1002, 1009),
                    Step.send(Masked.header64(text, length), Masked.key(), hello));
        }
    }
}
