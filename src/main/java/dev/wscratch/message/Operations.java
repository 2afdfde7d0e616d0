package dev.wscratch.message;

import dev.wscratch.message.Problem.Code;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;

/** Makes messages of their fields: the one table of types, the same for both formats. */
final class Operations {
    private static final long MOST = Message.MAX_INTEGER;

    /** A name is for people to read; an arbitrary bound that holds every word of {@link Code}. */
    private static final int WORD = 64;

    /** Makes one type of message. */
    private interface Maker {
        Message make(Fields fields, Format format) throws BadMessageException;
    }

    private static final Map<String, Maker> MAKERS = Map.of(
            "echo", (fields, format) -> new Message.Echo(fields.text("text")),
            "ping", (fields, format) -> new Message.Ping(fields.integer("stamp", -MOST, MOST)),
            "pong",
                    (fields, format) ->
                            new Message.Pong(fields.integer("stamp", -MOST, MOST), fields.integer("time", 0, MOST)),
            "live", (fields, format) -> live(fields),
            "time",
                    (fields, format) ->
                            new Message.Time(fields.integer("time", 0, MOST), fields.integer("skipped", 0, MOST)),
            "file",
                    (fields, format) -> new Message.FilePart(
                            name(fields),
                            fields.integer("offset", 0, MOST, 0),
                            fields.flag("last", true),
                            fields.bytes("data", format)),
            "progress", (fields, format) -> new Message.Progress(name(fields), fields.integer("received", 0, MOST)),
            "result", (fields, format) -> result(fields),
            "problem", (fields, format) -> problem(fields));

    private Operations() {}

    static Message message(Fields fields, Format format) throws BadMessageException {
        Maker maker = MAKERS.get(fields.text("type"));
        if (maker == null) {
            throw new BadMessageException(Problem.unknownOperation());
        }
        return maker.make(fields, format);
    }

    private static Message.Live live(Fields fields) throws BadMessageException {
        boolean on = fields.flag("on");
        long every = fields.integer("every", Message.Live.SHORTEST, Message.Live.LONGEST, Message.Live.USUAL);
        return new Message.Live(on, (int) every);
    }

    private static String name(Fields fields) throws BadMessageException {
        return fields.text("name", Message.FilePart.LONGEST_NAME);
    }

    private static Message.Result result(Fields fields) throws BadMessageException {
        String sha256 = fields.text("sha256", WORD);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Fields.wrong("sha256", "64 hex digits in lower case");
        }
        OptionalLong lines =
                fields.has("lines") ? OptionalLong.of(fields.integer("lines", 0, MOST)) : OptionalLong.empty();
        return new Message.Result(name(fields), fields.integer("size", 0, MOST), sha256, lines);
    }

    private static Problem problem(Fields fields) throws BadMessageException {
        String word = fields.text("code", WORD);
        Code code = Arrays.stream(Code.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Fields.wrong("code", "a code of wscratch.v1"));
        return new Problem(code, fields.text("expected"), fields.text("at"));
    }
}
