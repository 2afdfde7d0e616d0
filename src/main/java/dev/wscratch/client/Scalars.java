package dev.wscratch.client;

/** Text that UTF-8 can express: what WebIDL calls a USVString, and what a browser makes of every text it is given. */
final class Scalars {
    private Scalars() {}

    /** {@return the text with U+FFFD for each surrogate without its other half} */
    static String of(String text) {
        int from = 0;
        while (from < text.length() && !Character.isSurrogate(text.charAt(from))) {
            from++;
        }
        if (from == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> out.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
        return out.toString();
    }
}
