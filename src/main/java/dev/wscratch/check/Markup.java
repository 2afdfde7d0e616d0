package dev.wscratch.check;

/** Text inside XML and HTML. */
final class Markup {
    private Markup() {}

    /** Only printable ASCII and line breaks stay as they are; what XML cannot hold at all becomes a replacement. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (c == '\n' || (c >= ' ' && c < 0x7F)) {
                        out.append((char) c);
                    } else {
                        boolean holdable = c >= 0xA0 && (c < 0xD800 || c > 0xDFFF) && (c & 0xFFFE) != 0xFFFE;
                        out.append("&#").append(holdable ? c : 0xFFFD).append(';');
                    }
                }
            }
        });
        return out.toString();
    }
}
