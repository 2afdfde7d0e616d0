package dev.wscratch.inspect;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one command from JSON text: the one place that judges what a page may ask for. */
final class CommandReader {
    /** The most bytes that a partner is given to write. */
    static final int MOST_RAW = 64 << 10;

    private static final int MOST_PARTS = 16;
    private static final int MOST_HEADERS = 32;
    private static final int MOST_PATH = 2048;
    private static final int MOST_VALUE = 4096;
    private static final int MOST_CONNECTION = 999_999_999;

    private CommandReader() {}

    static Command read(String text) {
        Values values;
        try {
            values = Values.parse(text);
        } catch (WrongValueException e) {
            return new Command.Misunderstood(new Report.Problem(null, "syntax", e.expected(), e.actual()));
        }
        try {
            return command(values);
        } catch (WrongValueException e) {
            return new Command.Misunderstood(new Report.Problem(values.id(), "wrong-value", e.expected(), e.actual()));
        }
    }

    private static Command command(Values values) throws WrongValueException {
        String type = values.text("type", 32);
        switch (type) {
            case "watch" -> {
                String lab = values.text("lab", 64);
                if (!Mark.isLab(lab)) {
                    throw new WrongValueException("lab: 32 hex digits in lower case", "something else");
                }
                return new Command.Watch(lab);
            }
            case "ping", "send", "close", "raw" -> {
                long id = values.number("id", 0, (1L << 53) - 1);
                int connection = (int) values.number("connection", 1, MOST_CONNECTION);
                return order(type, id, connection, values);
            }
            default -> throw new WrongValueException("type: watch, ping, send, close or raw", "another type");
        }
    }

    private static Command order(String type, long id, int connection, Values values) throws WrongValueException {
        return switch (type) {
            case "ping" -> new Command.Ping(id, connection, values.bytes("payload", 125));
            case "send" -> send(id, connection, values);
            case "close" -> close(id, connection, values);
            default -> raw(id, connection, values);
        };
    }

    private static Command send(long id, int connection, Values values) throws WrongValueException {
        String kind = values.text("kind", 16);
        if (!kind.equals("text") && !kind.equals("binary")) {
            throw new WrongValueException("kind: text or binary", "another kind");
        }
        List<ByteBuffer> parts = new ArrayList<>();
        for (Object part : values.list("parts", 1, MOST_PARTS)) {
            parts.add(Values.bytes("parts", part, Integer.MAX_VALUE));
        }
        boolean text = kind.equals("text");
        if (text && !MessageParts.isUtf8(parts)) {
            throw new WrongValueException("parts: UTF-8 when put together", "bytes that are no UTF-8");
        }
        return new Command.Send(id, connection, text, List.copyOf(parts));
    }

    private static Command close(long id, int connection, Values values) throws WrongValueException {
        int code = (int) values.number("code", 0, 0xFFFF);
        if (!new CloseCode(code).maySend(Role.SERVER)) {
            throw new WrongValueException(
                    "code: 1000 to 1003, 1007 to 1009, 1011 to 1014 or 3000 to 4999", Integer.toString(code));
        }
        String reason = values.textOr("reason", "", CloseReason.MAX_REASON_BYTES);
        int length = reason.getBytes(StandardCharsets.UTF_8).length;
        if (length > CloseReason.MAX_REASON_BYTES) {
            throw new WrongValueException(
                    "reason: at most " + CloseReason.MAX_REASON_BYTES + " bytes", length + " bytes");
        }
        return new Command.Close(id, connection, code, reason);
    }

    private static Command raw(long id, int connection, Values values) throws WrongValueException {
        String path = values.text("path", MOST_PATH);
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
            throw new WrongValueException("path: one that begins with / and needs no escaping", "another");
        }
        List<Command.Header> headers = new ArrayList<>();
        for (Object pair : values.has("headers") ? values.list("headers", 0, MOST_HEADERS) : List.of()) {
            headers.add(header(pair));
        }
        String key = values.has("key") ? values.textOr("key", "", MOST_VALUE) : null;
        if (key != null && !isValue(key)) {
            throw new WrongValueException("key: visible characters", "others");
        }
        ByteBuffer bytes = values.bytes("bytes", MOST_RAW);
        return new Command.Raw(id, connection, path, List.copyOf(headers), key, bytes);
    }

    private static Command.Header header(Object pair) throws WrongValueException {
        if (pair instanceof List<?> two
                && two.size() == 2
                && two.get(0) instanceof String name
                && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
            Object value = two.get(1);
            if (value == Values.NULL) {
                return new Command.Header(name, null);
            }
            if (value instanceof String text && isValue(text)) {
                return new Command.Header(name, text);
            }
        }
        throw new WrongValueException("headers: pairs of a name and a value on one line, or null", "something else");
    }

    /** A line break here would begin another header. */
    private static boolean isValue(String text) {
        return text.length() <= MOST_VALUE && text.chars().allMatch(c -> c >= ' ' && c != 0x7F && c <= 0xFF);
    }

    /** Says what was expected of a command, and what came. */
    static final class WrongValueException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String expected;
        private final String actual;

        WrongValueException(String expected, String actual) {
            // A page must not make us walk the stack for each of its mistakes.
            super(expected, null, false, false);
            this.expected = expected;
            this.actual = actual;
        }

        String expected() {
            return expected;
        }

        String actual() {
            return actual;
        }
    }
}
