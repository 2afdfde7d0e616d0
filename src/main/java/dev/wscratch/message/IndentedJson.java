package dev.wscratch.message;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON for people: only white space changes, so that numbers and escapes stay as the peer wrote them. */
public final class IndentedJson {
    /** Levels that are indented: a hostile peer can nest so deep that the blanks would be a thousand times its message. */
    private static final int DEEPEST = 16;

    private final StringBuilder out = new StringBuilder();
    private int depth;

    private IndentedJson() {}

    /** {@return the text indented, or as it is when it is not one JSON object or array} */
    public static String of(String text) {
        String stripped = text.strip();
        boolean structured = stripped.startsWith("{") || stripped.startsWith("[");
        return structured && mistake(stripped) == null ? new IndentedJson().indent(stripped) : text;
    }

    /** {@return what keeps the text from being one JSON value (RFC 8259), and where; null if it is one} */
    public static @Nullable String mistake(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            int depth = 0;
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
            }
            return values == 1 ? null : "expected one value, got " + values;
        } catch (JacksonException e) {
            // Text is allowed to be anything; then it is shown as it came.
            return e.getOriginalMessage() + " (line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")";
        }
    }

    private String indent(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = stringEnd(json, i);
                out.append(json, i, end + 1);
                i = end;
            } else if (!Character.isWhitespace(c)) {
                symbol(c, json, i);
            }
        }
        return out.toString();
    }

    private static int stringEnd(String json, int start) {
        int at = start + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private void symbol(char c, String json, int at) {
        switch (c) {
            case '{', '[' -> {
                out.append(c);
                depth++;
                if (!isEmpty(json, at)) {
                    line();
                }
            }
            case '}', ']' -> {
                depth--;
                char before = out.charAt(out.length() - 1);
                if (before != '{' && before != '[') {
                    line();
                }
                out.append(c);
            }
            case ',' -> {
                out.append(c);
                line();
            }
            case ':' -> out.append(": ");
            default -> out.append(c);
        }
    }

    private static boolean isEmpty(String json, int open) {
        int at = open + 1;
        while (Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return json.charAt(at) == '}' || json.charAt(at) == ']';
    }

    private void line() {
        out.append('\n').append("  ".repeat(Math.min(depth, DEEPEST)));
    }
}
