package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** Stage 9: much, long and many. What a server takes is its own business; how it refuses the rest is not. */
final class LimitCases {
    private static final String LIMITS = "RFC 6455 10.4";

    private LimitCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.LIMITS);
        for (int kibibytes : new int[] {128, 512, 1_024, 4_096}) {
            Bytes message = Bytes.letters(kibibytes << 10);
            family.add(
                    "binary of " + kibibytes + " KiB: the same back, or 1009",
                    LIMITS,
                    Wanted.either(Reply.binary(message), 1009),
                    Step.send(Masked.binary(message)));
        }
        Bytes cut = Bytes.letters(1 << 20);
        family.add(
                "text of 1 MiB in frames of 4 KiB: the same back, or 1009",
                LIMITS,
                Wanted.either(Reply.text(cut), 1009),
                Step.send(FragmentCases.cut(Masked.TEXT, cut, 4_096)));
        Bytes many = Bytes.letters(5_000);
        family.add(
                "text in 5000 frames of one byte: the same back, or 1008 or 1009",
                LIMITS,
                Wanted.either(Reply.text(many), 1008, 1009),
                Step.send(FragmentCases.cut(Masked.TEXT, many, 1)));
        endless(family);
        announced(family);
        return family.cases();
    }

    private static void endless(Family family) {
        Bytes nothing = Masked.more(Bytes.NONE);
        family.add(
                "10000 empty frames in a message: it goes on, or 1008 or 1009",
                LIMITS,
                Wanted.either(Reply.text("x"), 1008, 1009),
                Step.send(Masked.first(Masked.TEXT, Bytes.NONE)),
                new Step.Send(nothing, 0, 10_000),
                Step.send(Masked.last(Bytes.utf8("x"))));
        Bytes half = Bytes.letters(60);
        family.add(
                "200 texts in one write",
                LIMITS,
                new Wanted.Replies(java.util.Collections.nCopies(200, Reply.text(half))),
                Step.send(java.util.Collections.nCopies(200, Masked.text(half)).toArray(new Bytes[0])));
        family.add(
                "5000 pings at once: answered, or 1008",
                LIMITS,
                new Wanted.Either(
                        new Wanted.Replies(List.of(Reply.pong("last"))),
                        new Wanted.Failure(List.of(), Set.of(1008, 1009, 1002), false)),
                new Step.Send(Masked.ping("last"), 0, 5_000));
    }

    private static void announced(Family family) {
        for (long length : new long[] {1L << 40, Long.MAX_VALUE}) {
            family.add(
                    "a frame that announces 2^" + (length == Long.MAX_VALUE ? "63 - 1" : "40") + " bytes",
                    LIMITS,
                    new Wanted.Failure(List.of(), Set.of(1009), true),
                    Step.send(Masked.header64(Masked.FIN | Masked.BINARY, length), Masked.key(), Bytes.letters(64)));
        }
    }
}
