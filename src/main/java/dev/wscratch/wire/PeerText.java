package dev.wscratch.wire;

import org.jspecify.annotations.Nullable;

/**
 * Text that a peer chose, made safe for a log line or a terminal: one line, bounded, no control characters.
 *
 * <p>A close reason or a header may carry line breaks that forge log lines, or escape sequences that drive a terminal;
 * RFC 6455 section 5.5.1 says that a reason is not for showing to a person as it is.
 */
public final class PeerText {
    private PeerText() {}

    /**
     * Escapes what is not printable, backslash and double quote included, and cuts what is too long.
     *
     * @param text what the peer sent; null reads as empty
     * @param maxChars how many characters of {@code text} to keep
     * @return one line; ends with {@code …} and the true length when it was cut
     */
    public static String escape(@Nullable String text, int maxChars) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        int end = Math.min(text.length(), maxChars);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            append(out, c);
        }
        if (end < text.length()) {
            out.append("… (").append(text.length()).append(" characters)");
        }
        return out.toString();
    }

    /**
     * Escapes what is not printable and nothing else, so that text which is meant to contain escapes stays as it is.
     *
     * @param text of any length; all of it is kept
     * @return one line
     */
    public static String withoutControls(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> appendPrintable(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '"' -> out.append("\\\"");
            default -> appendPrintable(out, c);
        }
    }

    private static void appendPrintable(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else {
                    out.append(String.format(c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c));
                }
            }
        }
    }

    /** Format characters count as unprintable: bidirectional overrides can make a line read as another one. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
