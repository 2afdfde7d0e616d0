package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A head cut into its first line and its header fields, strictly (RFC 9112 sections 2.2 and 5): what requests and
 * responses have in common.
 */
final class Head {
    final String firstLine;
    final HeaderFields fields;
    final @Nullable Refusal refusal;

    private Head(String firstLine, HeaderFields fields, @Nullable Refusal refusal) {
        this.firstLine = firstLine;
        this.fields = fields;
        this.refusal = refusal;
    }

    private static Head refused(HeadRule rule, String expected, String actual) {
        return new Head("", HeaderFields.NONE, Refusal.of(rule, expected, actual));
    }

    /** Bytes as ISO-8859-1, so that every byte is one char and none is lost (RFC 9110 section 5.5). */
    static Head cut(ByteBuffer bytes, HeadLimits limits) {
        if (bytes.remaining() > limits.maxBytes()) {
            return refused(
                    HeadRule.HEAD_TOO_LARGE, "at most " + limits.maxBytes() + " bytes", bytes.remaining() + " bytes");
        }
        String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
        if (!text.endsWith("\r\n\r\n")) {
            return refused(HeadRule.HEAD_INCOMPLETE, "CR LF CR LF at the end", "another end");
        }
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int cr = text.indexOf('\r', from);
            String line = text.substring(from, cr);
            if (text.charAt(cr + 1) != '\n' || line.indexOf('\n') >= 0) {
                return refused(HeadRule.LINE_END_NOT_CRLF, "CR LF at the end of a line", HttpSyntax.quote(line));
            }
            lines.add(line);
            from = cr + 2;
        }
        if (lines.indexOf("") != lines.size() - 1) {
            return refused(HeadRule.HEAD_INCOMPLETE, "one empty line, at the end", "an empty line before it");
        }
        return ofLines(lines, limits);
    }

    private static Head ofLines(List<String> lines, HeadLimits limits) {
        int count = lines.size() - 2;
        if (count > limits.maxFields()) {
            return refused(
                    HeadRule.HEAD_TOO_LARGE,
                    "at most " + limits.maxFields() + " header lines",
                    count + " header lines");
        }
        for (String line : lines) {
            if (!line.chars().allMatch(HttpSyntax::isValueChar)) {
                return refused(HeadRule.CONTROL_CHARACTER, "visible characters", HttpSyntax.quote(line));
            }
        }
        List<HeaderField> fields = new ArrayList<>(count);
        for (String line : lines.subList(1, count + 1)) {
            if (HttpSyntax.isBlank(line.charAt(0))) {
                return refused(HeadRule.OBSOLETE_FOLDING, "a header name", "a line that begins with a blank");
            }
            int colon = line.indexOf(':');
            // 5.1: no blank between name and colon; some programs would read another name there.
            if (colon < 0 || !HttpSyntax.isToken(line.substring(0, colon))) {
                return refused(HeadRule.FIELD_NAME_MALFORMED, "a name and a colon", HttpSyntax.quote(line));
            }
            String value = HttpSyntax.trim(line, colon + 1, line.length());
            fields.add(new HeaderField(line.substring(0, colon), value));
        }
        return new Head(lines.get(0), new HeaderFields(fields), null);
    }
}
