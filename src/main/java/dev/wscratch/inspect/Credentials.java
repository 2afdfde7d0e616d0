package dev.wscratch.inspect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Header fields by which a server knows a user: not even the page itself may read them, such as a cookie with HttpOnly. */
final class Credentials {
    private static final Set<String> FIELDS = Set.of("cookie", "authorization", "proxy-authorization");

    private Credentials() {}

    /**
     * Hides the values of credentials.
     *
     * @param head of a request; stays as it is
     * @return a copy of the same length, in which each byte of such a value is {@code *}
     */
    static ByteBuffer hidden(ByteBuffer head) {
        byte[] bytes = new byte[head.remaining()];
        head.get(head.position(), bytes);
        boolean hiding = false;
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            // A line that begins with white space goes on with the field before it (RFC 9112 section 5.2).
            boolean goesOn = bytes[start] == ' ' || bytes[start] == '\t';
            int value = goesOn ? start : value(bytes, start, end);
            hiding = goesOn ? hiding : value > start && isCredential(bytes, start, value - 1);
            if (hiding) {
                hide(bytes, value, end);
            }
            start = end + 1;
        }
        return ByteBuffer.wrap(bytes);
    }

    /** {@return what comes after the colon, or {@code start} where there is none} */
    private static int value(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == ':') {
                return i + 1;
            }
        }
        return start;
    }

    private static boolean isCredential(byte[] bytes, int from, int to) {
        String name = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return FIELDS.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    /** White space around the value stays, so that the head reads as before. */
    private static void hide(byte[] bytes, int from, int to) {
        int last = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        int first = from;
        while (first < last && (bytes[first] == ' ' || bytes[first] == '\t')) {
            first++;
        }
        for (int i = first; i < last; i++) {
            bytes[i] = '*';
        }
    }
}
