package dev.wscratch.check;

import java.util.List;

/** Stage 2: text, in one frame each. */
final class TextCases {
    private static final String TEXT = "RFC 6455 5.6";

    private TextCases() {}

    static List<Case> cases() {
        Family family = new Family(Stage.TEXT);
        for (String text : List.of("Hello", "", "a", "Grüße", "κόσμε", "日本語", "🙂", "{\"type\":\"hi\"}")) {
            family.add(
                    text.isEmpty() ? "an empty text" : "the text " + text,
                    TEXT,
                    Wanted.replies(Reply.text(text)),
                    Step.send(Masked.text(text)));
        }
        family.add(
                "a text with NUL and control characters",
                TEXT,
                Wanted.replies(Reply.text("a\0b\u001b\r\n\t")),
                Step.send(Masked.text("a\0b\u001b\r\n\t")));
        family.add(
                "two texts in two writes come back in order",
                TEXT,
                Wanted.replies(Reply.text("one"), Reply.text("two")),
                Step.send(Masked.text("one")),
                Step.send(Masked.text("two")));
        family.add(
                "three texts in one write come back in order",
                TEXT,
                Wanted.replies(Reply.text("one"), Reply.text("two"), Reply.text("three")),
                Step.send(Masked.text("one"), Masked.text("two"), Masked.text("three")));
        for (int piece : new int[] {1, 2, 5}) {
            family.add(
                    "a text in writes of " + piece + (piece == 1 ? " byte" : " bytes"),
                    "RFC 6455 5.2",
                    Wanted.replies(Reply.text("Hello, WebSocket")),
                    Step.chopped(piece, Masked.text("Hello, WebSocket")));
        }
        family.add(
                "text and binary alternate and keep their kinds",
                TEXT,
                Wanted.replies(Reply.text("t"), Reply.binary(Bytes.utf8("b")), Reply.text("u")),
                Step.send(Masked.text("t"), Masked.binary(Bytes.utf8("b")), Masked.text("u")));
        family.eager(
                "a text frame in one piece with the request",
                "RFC 6455 4.2.2",
                new Wanted.Early(new Wanted.Replies(List.of(Reply.text("early")))),
                Step.send(Masked.text("early")));
        return family.cases();
    }
}
