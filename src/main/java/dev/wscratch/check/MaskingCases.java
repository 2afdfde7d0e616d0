package dev.wscratch.check;

import java.util.List;

/** Stage 4: masks of all kinds, and none. */
final class MaskingCases {
    private static final String KEY = "RFC 6455 5.3";
    private static final String MUST = "RFC 6455 5.1";

    private MaskingCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.MASKING);
        for (int key : new int[] {0, -1, 1, 0x01000000, 0x00FF00FF, 0x80000000, 0x7F9F4D51}) {
            family.add(
                    String.format("a text under the key %08x", key),
                    KEY,
                    Wanted.replies(Reply.text("Hello, masked")),
                    Step.send(Masked.frame(Masked.FIN | Masked.TEXT, Bytes.utf8("Hello, masked"), key)));
        }
        family.add(
                "three texts, each under a key of its own",
                KEY,
                Wanted.replies(Reply.text("one"), Reply.text("two"), Reply.text("three")),
                Step.send(keyed("one", 0x11223344), keyed("two", 0x55667788), keyed("three", 0x99AABBCC)));
        family.add(
                "fragments, each under a key of its own",
                KEY,
                Wanted.replies(Reply.text("abcde")),
                Step.send(
                        Masked.frame(Masked.TEXT, Bytes.utf8("ab"), 0x01020304),
                        Masked.frame(0, Bytes.utf8("c"), 0x05060708),
                        Masked.frame(Masked.FIN, Bytes.utf8("de"), 0x090A0B0C)));
        for (int length : new int[] {3, 4, 5, 7, 8, 9}) {
            family.add(
                    "a binary of " + length + " bytes in writes of 3: the key goes on across writes",
                    KEY,
                    Wanted.replies(Reply.binary(Bytes.letters(length))),
                    Step.chopped(3, Masked.binary(Bytes.letters(length))));
        }
        unmasked(family);
        return family.cases();
    }

    private static Bytes keyed(String text, int key) {
        return Masked.frame(Masked.FIN | Masked.TEXT, Bytes.utf8(text), key);
    }

    private static void unmasked(Family family) {
        Bytes hello = Bytes.utf8("Hello");
        int fin = Masked.FIN;
        Wanted refused = Wanted.failure(1002);
        family.add("an unmasked text", MUST, refused, Step.send(Masked.unmasked(fin | Masked.TEXT, hello)));
        family.add("an unmasked binary", MUST, refused, Step.send(Masked.unmasked(fin | Masked.BINARY, hello)));
        family.add("an unmasked empty text", MUST, refused, Step.send(Masked.unmasked(fin | Masked.TEXT, Bytes.NONE)));
        family.add("an unmasked ping", MUST, refused, Step.send(Masked.unmasked(fin | Masked.PING, hello)));
        family.add("an unmasked pong", MUST, refused, Step.send(Masked.unmasked(fin | Masked.PONG, hello)));
        family.add(
                "an unmasked text of 126 bytes",
                MUST,
                refused,
                Step.send(Masked.unmasked(fin | Masked.TEXT, Bytes.letters(126))));
        family.add(
                "an unmasked text behind a good one",
                MUST,
                Wanted.failureAfter(Reply.text("good"), 1002),
                Step.send(Masked.text("good"), Masked.unmasked(fin | Masked.TEXT, hello)));
        family.add(
                "an unmasked continuation",
                MUST,
                refused,
                Step.send(Masked.first(Masked.TEXT, hello), Masked.unmasked(fin, hello)));
    }
}
