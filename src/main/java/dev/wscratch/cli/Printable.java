package dev.wscratch.cli;

import java.util.HexFormat;

/** Text of a peer, so written that it cannot drive the terminal it is shown on. */
final class Printable {
    private Printable() {}

    /**
     * Writes control characters (also the invisible ones that turn the direction of text), lone surrogates and the
     * backslash as Java escapes; all else stays.
     */
    static String of(String text) {
        return withoutControls(text.replace("\\", "\\\\"));
    }

    /** The same, but backslashes stay: for text that contains escapes on purpose. */
    static String withoutControls(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (isDangerous(point)) {
                        safe.append("\\u").append(HexFormat.of().toHexDigits((char) point));
                    } else {
                        safe.appendCodePoint(point);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isDangerous(int point) {
        int type = Character.getType(point);
        return point < 0x1_0000
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
