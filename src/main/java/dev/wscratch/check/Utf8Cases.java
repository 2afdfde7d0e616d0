package dev.wscratch.check;

import java.util.List;

/** Stage 7: what is UTF-8 and what is not, by the table of RFC 3629. */
final class Utf8Cases {
    private static final String TEXT = "RFC 6455 8.1";
    private static final String TABLE = "RFC 3629 4";

    private static final List<String> VALID = List.of(
            "00",
            "7f",
            "c2 80",
            "df bf",
            "e0 a0 80",
            "e0 bf bf",
            "e1 80 80",
            "ec bf bf",
            "ed 80 80",
            "ed 9f bf",
            "ee 80 80",
            "ef bf bd",
            "ef bf be",
            "ef bf bf",
            "ef bb bf",
            "f0 90 80 80",
            "f0 9f bf bf",
            "f1 80 80 80",
            "f3 bf bf bf",
            "f4 80 80 80",
            "f4 8f bf bf",
            "ce ba e1 bd b9 cf 83 ce bc ce b5",
            "ef b7 90",
            "f0 9f 99 82");

    /** Each with why. */
    private static final List<String[]> INVALID = List.of(
            new String[] {"80", "a continuation byte alone"},
            new String[] {"bf", "a continuation byte alone"},
            new String[] {"80 bf 80", "continuation bytes alone"},
            new String[] {"c0 80", "an overlong NUL"},
            new String[] {"c0 af", "an overlong slash"},
            new String[] {"c1 bf", "an overlong DEL"},
            new String[] {"e0 80 af", "an overlong slash in three bytes"},
            new String[] {"e0 9f bf", "overlong U+07FF"},
            new String[] {"f0 80 80 af", "an overlong slash in four bytes"},
            new String[] {"f0 8f bf bf", "overlong U+FFFF"},
            new String[] {"ed a0 80", "the surrogate U+D800"},
            new String[] {"ed ad bf", "the surrogate U+DB7F"},
            new String[] {"ed af bf", "the surrogate U+DBFF"},
            new String[] {"ed b0 80", "the surrogate U+DC00"},
            new String[] {"ed bf bf", "the surrogate U+DFFF"},
            new String[] {"ed a0 80 ed b0 80", "a pair of surrogates"},
            new String[] {"f4 90 80 80", "U+110000, one too many"},
            new String[] {"f5 80 80 80", "the byte f5"},
            new String[] {"f7 bf bf bf", "the byte f7"},
            new String[] {"f8 88 80 80 80", "a character of five bytes"},
            new String[] {"fc 84 80 80 80 80", "a character of six bytes"},
            new String[] {"fe", "the byte fe"},
            new String[] {"ff", "the byte ff"},
            new String[] {"fe ff 00 41", "UTF-16"},
            new String[] {"c3", "an end inside two bytes"},
            new String[] {"e2 82", "an end inside three bytes"},
            new String[] {"f0 9f 99", "an end inside four bytes"},
            new String[] {"f0", "an end behind the first byte"},
            new String[] {"c3 41", "a letter where a continuation should be"},
            new String[] {"e2 82 41", "a letter where the third byte should be"},
            new String[] {"f0 9f 99 41", "a letter where the fourth byte should be"},
            new String[] {"c3 c3 a9", "a first byte where a continuation should be"},
            new String[] {"48 65 6c 6c 6f 20 e9", "Latin-1"},
            new String[] {"ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64", "a surrogate between good characters"});

    private Utf8Cases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.UTF8);
        for (String hex : VALID) {
            Bytes text = Bytes.hex(hex);
            family.add("valid: " + hex, TABLE, Wanted.replies(Reply.text(text)), Step.send(Masked.text(text)));
        }
        for (String[] invalid : INVALID) {
            family.add(
                    "invalid: " + invalid[0] + ", " + invalid[1],
                    TEXT + ", " + TABLE,
                    Wanted.failure(1007),
                    Step.send(Masked.text(Bytes.hex(invalid[0]))));
        }
        across(family);
        return family.cases();
    }

    private static void across(Family family) {
        Bytes smile = Bytes.hex("f0 9f 99 82");
        for (int at = 1; at < 4; at++) {
            family.add(
                    "a character cut between two frames behind byte " + at,
                    "RFC 6455 5.6",
                    Wanted.replies(Reply.text(smile)),
                    Step.send(Masked.first(Masked.TEXT, smile.part(0, at)), Masked.last(smile.part(at, 4))));
        }
        family.add(
                "a character in four frames with pings between them",
                "RFC 6455 5.6",
                Wanted.replies(Reply.pong("1"), Reply.pong("2"), Reply.text(smile)),
                Step.send(
                        Masked.first(Masked.TEXT, smile.part(0, 1)),
                        Masked.ping("1"),
                        Masked.more(smile.part(1, 2)),
                        Masked.more(smile.part(2, 3)),
                        Masked.ping("2"),
                        Masked.last(smile.part(3, 4))));
        family.add(
                "characters in writes of 1 byte",
                "RFC 6455 5.6",
                Wanted.replies(Reply.text("Grüße 🙂")),
                Step.chopped(1, Masked.text("Grüße 🙂")));
        Wanted refused = Wanted.failure(1007);
        family.add(
                "a character that a second frame ends wrongly",
                TEXT,
                refused,
                Step.send(Masked.first(Masked.TEXT, smile.part(0, 2)), Masked.last(Bytes.utf8("x"))));
        family.add(
                "a message that ends inside a character, in its second frame",
                TEXT,
                refused,
                Step.send(Masked.first(Masked.TEXT, Bytes.utf8("x")), Masked.last(smile.part(0, 3))));
        family.add(
                "an invalid byte in the first of two frames",
                TEXT,
                refused,
                Step.send(Masked.first(Masked.TEXT, Bytes.hex("ff")), Masked.last(Bytes.utf8("x"))));
        family.add(
                "bytes that are no text are fine in a binary message",
                "RFC 6455 5.6",
                Wanted.replies(Reply.binary(Bytes.hex("ff fe c0 80 ed a0 80"))),
                Step.send(Masked.binary(Bytes.hex("ff fe c0 80 ed a0 80"))));
        family.add(
                "the next message begins afresh behind a binary one that ends in c3",
                TEXT,
                Wanted.replies(Reply.binary(Bytes.hex("c3")), Reply.text("a")),
                Step.send(Masked.binary(Bytes.hex("c3")), Masked.text("a")));
    }
}
