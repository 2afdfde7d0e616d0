package dev.wscratch.check;

import java.util.ArrayList;
import java.util.List;

/** Stage 5: messages in several frames. */
final class FragmentCases {
    private static final String SECTION = "RFC 6455 5.4";
    private static final Bytes HELLO = Bytes.utf8("Hello");

    private FragmentCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.FRAGMENTS);
        cuts(family);
        empty(family);
        between(family);
        wrong(family);
        return family.cases();
    }

    /** A message cut into frames of {@code piece} bytes. */
    static Bytes cut(int opcode, Bytes message, int piece) {
        List<Bytes> frames = new ArrayList<>();
        for (int from = 0; from < message.length(); from += piece) {
            int to = Math.min(message.length(), from + piece);
            int fin = to == message.length() ? Masked.FIN : 0;
            frames.add(Masked.frame(fin | (from == 0 ? opcode : 0), message.part(from, to)));
        }
        return Bytes.join(frames.toArray(new Bytes[0]));
    }

    private static void cuts(Family family) {
        int[][] cuts = {{10, 5}, {10, 1}, {100, 7}, {252, 126}, {1_000, 125}, {4_096, 64}, {131_072, 65_536}};
        for (int[] cut : cuts) {
            Bytes message = Bytes.letters(cut[0]);
            String title = " of " + cut[0] + " bytes in frames of " + cut[1];
            family.add(
                    "text" + title,
                    SECTION,
                    Wanted.replies(Reply.text(message)),
                    Step.send(cut(Masked.TEXT, message, cut[1])));
            family.add(
                    "binary" + title,
                    SECTION,
                    Wanted.replies(Reply.binary(message)),
                    Step.send(cut(Masked.BINARY, message, cut[1])));
        }
        family.add(
                "text in frames of 3 bytes, in writes of 1 byte",
                SECTION,
                Wanted.replies(Reply.text("Hello, WebSocket")),
                Step.chopped(1, cut(Masked.TEXT, Bytes.utf8("Hello, WebSocket"), 3)));
        family.add(
                "two messages in fragments, one behind the other",
                SECTION,
                Wanted.replies(Reply.text("Hello"), Reply.binary(HELLO)),
                Step.send(cut(Masked.TEXT, HELLO, 2), cut(Masked.BINARY, HELLO, 2)));
    }

    private static void empty(Family family) {
        Wanted hello = Wanted.replies(Reply.text("Hello"));
        Bytes none = Bytes.NONE;
        family.add(
                "three empty frames are an empty text",
                SECTION,
                Wanted.replies(Reply.text("")),
                Step.send(Masked.first(Masked.TEXT, none), Masked.more(none), Masked.last(none)));
        family.add(
                "an empty first frame", SECTION, hello, Step.send(Masked.first(Masked.TEXT, none), Masked.last(HELLO)));
        family.add(
                "an empty last frame", SECTION, hello, Step.send(Masked.first(Masked.TEXT, HELLO), Masked.last(none)));
        family.add(
                "empty frames around the only one with text",
                SECTION,
                hello,
                Step.send(Masked.first(Masked.TEXT, none), Masked.more(none), Masked.more(HELLO), Masked.last(none)));
    }

    private static void between(Family family) {
        Bytes first = Masked.first(Masked.TEXT, Bytes.utf8("Hel"));
        Bytes last = Masked.last(Bytes.utf8("lo"));
        Bytes pong = Masked.frame(Masked.FIN | Masked.PONG, Bytes.utf8("unasked"));
        Reply hello = Reply.text("Hello");
        family.add(
                "a ping between fragments",
                SECTION,
                Wanted.replies(Reply.pong("between"), hello),
                Step.send(first, Masked.ping("between"), last));
        family.add(
                "a ping between fragments, in three writes",
                SECTION,
                Wanted.replies(Reply.pong("between"), hello),
                Step.send(first),
                Step.send(Masked.ping("between")),
                Step.send(last));
        family.add(
                "pings before, between and behind fragments",
                SECTION,
                Wanted.replies(Reply.pong("1"), Reply.pong("2"), Reply.pong("3"), hello),
                Step.send(Masked.ping("1"), first, Masked.ping("2"), last, Masked.ping("3")));
        family.add(
                "a ping between fragments, in writes of 1 byte",
                SECTION,
                Wanted.replies(Reply.pong("between"), hello),
                Step.chopped(1, first, Masked.ping("between"), last));
        family.add("an unasked pong between fragments", SECTION, Wanted.replies(hello), Step.send(first, pong, last));
        family.add(
                "a close between fragments",
                "RFC 6455 5.4, 5.5.1",
                Wanted.goodbye(1000, 1002),
                Step.send(first, Masked.close(1000)));
        family.add(
                "a message that never ends does not hinder a ping",
                SECTION,
                Wanted.replies(Reply.pong("alive")),
                Step.send(first, Masked.more(HELLO), Masked.ping("alive")));
    }

    private static void wrong(Family family) {
        Wanted refused = Wanted.failure(1002);
        Bytes first = Masked.first(Masked.TEXT, HELLO);
        family.add("a continuation with nothing to continue", SECTION, refused, Step.send(Masked.last(HELLO)));
        family.add("the same without FIN", SECTION, refused, Step.send(Masked.more(HELLO)));
        family.add(
                "an empty continuation with nothing to continue", SECTION, refused, Step.send(Masked.last(Bytes.NONE)));
        family.add(
                "a continuation behind a whole message",
                SECTION,
                Wanted.failureAfter(Reply.text("Hello"), 1002),
                Step.send(Masked.text("Hello"), Masked.last(HELLO)));
        family.add("a text inside a text", SECTION, refused, Step.send(first, Masked.text("Hello")));
        family.add("a binary inside a text", SECTION, refused, Step.send(first, Masked.binary(HELLO)));
        family.add(
                "a text inside a binary",
                SECTION,
                refused,
                Step.send(Masked.first(Masked.BINARY, HELLO), Masked.text("Hello")));
        family.add("a text without FIN inside a text", SECTION, refused, Step.send(first, first));
        family.add(
                "a text behind a finished message in fragments, then a continuation",
                SECTION,
                new Wanted.Failure(List.of(Reply.text("HelloHello"), Reply.text("x")), java.util.Set.of(1002), false),
                Step.send(first, Masked.last(HELLO), Masked.text("x"), Masked.last(HELLO)));
    }
}
