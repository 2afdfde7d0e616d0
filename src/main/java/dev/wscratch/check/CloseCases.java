package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** Stage 8: how a connection ends. */
final class CloseCases {
    private static final String CLOSE = "RFC 6455 5.5.1";
    private static final String CODES = "RFC 6455 7.4";

    private CloseCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.CLOSE);
        bodies(family);
        codes(family);
        behind(family);
        return family.cases();
    }

    private static void bodies(Family family) {
        family.add("1000 is answered by a Close frame, then TCP ends", CLOSE, Wanted.goodbye(1000), close(1000, ""));
        family.add(
                "a Close frame without payload",
                CLOSE,
                Wanted.goodbye(1000, 1005),
                Step.send(Masked.frame(Masked.FIN | Masked.CLOSE, Bytes.NONE)));
        family.add("a Close frame with a reason", CLOSE, Wanted.goodbye(1000), close(1000, "bye"));
        family.add("a reason of 123 bytes", CLOSE, Wanted.goodbye(1000), close(1000, "r".repeat(123)));
        family.add("a reason with ü and 🙂", CLOSE, Wanted.goodbye(1000), close(1000, "Grüße 🙂"));
        family.add(
                "a Close frame in writes of 1 byte",
                CLOSE,
                Wanted.goodbye(1000),
                Step.chopped(1, Masked.close(1000, Bytes.utf8("bye"))));
        family.add(
                "a Close frame of one byte: half a code",
                CLOSE,
                Wanted.failure(1002),
                Step.send(Masked.frame(Masked.FIN | Masked.CLOSE, Bytes.hex("03"))));
        for (String bad : List.of("ff", "c3", "ed a0 80", "f4 90 80 80", "c0 af")) {
            family.add(
                    "a reason that is not UTF-8: " + bad,
                    CLOSE,
                    Wanted.failure(1007, 1002),
                    Step.send(Masked.close(1000, Bytes.hex(bad))));
        }
    }

    private static Step close(int code, String reason) {
        return Step.send(Masked.close(code, Bytes.utf8(reason)));
    }

    private static void codes(Family family) {
        int[] valid = {1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999};
        for (int code : valid) {
            // 5.5.1: the answer "typically" carries the same code, so 1000 is right as well. 1010 is for clients only.
            Set<Integer> answers = code == 1010 ? Set.of(1000, 1010) : Set.of(code, 1000);
            family.add("the code " + code, CODES, new Wanted.Goodbye(List.of(), answers), close(code, "reason"));
        }
        for (int code : new int[] {0, 1, 999, 1004, 1005, 1006, 1015}) {
            family.add("the code " + code + ", which must not be sent", CODES, Wanted.failure(1002), close(code, ""));
        }
        for (int code : new int[] {1016, 1100, 2000, 2999, 5000, 65_535}) {
            family.add(
                    "the code " + code + ", which nobody has defined",
                    CODES,
                    new Wanted.SomeEnd(Set.of(1002, code)),
                    close(code, ""));
        }
    }

    private static void behind(Family family) {
        Bytes close = Masked.close(1000);
        family.add(
                "a text behind a Close frame is not answered",
                CLOSE,
                Wanted.goodbye(1000),
                Step.send(close, Masked.text("late")));
        family.add(
                "a ping behind a Close frame is not answered",
                CLOSE,
                Wanted.goodbye(1000),
                Step.send(close, Masked.ping("late")));
        family.add(
                "two Close frames are answered by one",
                CLOSE,
                Wanted.goodbye(1000),
                Step.send(close, Masked.close(1001)));
        family.add(
                "a bad frame behind a Close frame does not matter",
                CLOSE,
                Wanted.goodbye(1000),
                Step.send(close, Masked.frame(Masked.FIN | 3, Bytes.NONE)));
    }
}
