package dev.wscratch.wire;

import java.nio.charset.StandardCharsets;

/** Sizes of text on the wire: RFC 6455 section 5.6 sends text as UTF-8 (RFC 3629). */
public final class Utf8 {
    /** From this many chars on it is faster to encode: the JDK does so many ASCII chars at a time. */
    private static final int WORTH_ENCODING = 256;

    private Utf8() {}

    /**
     * Counts the bytes of a text on the wire.
     *
     * @param text any text; an unpaired surrogate counts as the one byte that Java's encoder puts in its place
     * @return bytes of its UTF-8 form
     */
    public static long length(String text) {
        if (text.length() >= WORTH_ENCODING) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes++;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            }
        }
        return bytes;
    }
}
