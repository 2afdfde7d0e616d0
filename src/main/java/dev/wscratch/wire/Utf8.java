package dev.wscratch.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text on the wire: RFC 6455 section 5.6 sends it as UTF-8 (RFC 3629). */
public final class Utf8 {
    /** From this many chars on it is faster to encode: the JDK does so many ASCII chars at a time. */
    private static final int WORTH_ENCODING = 256;

    /**
     * The text that was last decoded on this thread, while {@link #decode}'s caller wants it remembered: who echoes it,
     * relays it to a thousand others or asks for its length need not have it encoded anew each time.
     */
    private static final ThreadLocal<Known> KNOWN = ThreadLocal.withInitial(Known::new);

    private static final byte[] NONE = {};

    private static final class Known {
        @Nullable String text;

        byte[] utf8 = NONE;
    }

    private Utf8() {}

    /**
     * Decodes a text, and remembers its bytes until {@link #forget} is called on this thread.
     *
     * @param utf8 valid UTF-8, as a {@link Utf8Validator} has found; not to be changed from now on
     * @return the text
     */
    public static String decode(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.length() >= WORTH_ENCODING) {
            Known known = KNOWN.get();
            known.text = text;
            known.utf8 = utf8;
        }
        return text;
    }

    /** Lets go of what {@link #decode} has remembered. */
    public static void forget() {
        Known known = KNOWN.get();
        known.text = null;
        known.utf8 = NONE;
    }

    /**
     * Encodes a text.
     *
     * @param text any text; an unpaired surrogate becomes a question mark
     * @return its UTF-8 form, perhaps the very bytes that it was decoded from: not to be changed
     */
    public static byte[] encode(String text) {
        byte[] known = known(text);
        return known == null ? text.getBytes(StandardCharsets.UTF_8) : known;
    }

    @SuppressWarnings("ReferenceEquality") // An equal text would have to be compared char by char; it is encoded then.
    private static byte @Nullable [] known(String text) {
        if (text.length() < WORTH_ENCODING) {
            return null;
        }
        Known known = KNOWN.get();
        return known.text == text ? known.utf8 : null;
    }

    /**
     * Counts the bytes of a text on the wire.
     *
     * @param text any text; an unpaired surrogate counts as the one byte that Java's encoder puts in its place
     * @return bytes of its UTF-8 form
     */
    public static long length(String text) {
        if (text.length() >= WORTH_ENCODING) {
            return encode(text).length;
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
