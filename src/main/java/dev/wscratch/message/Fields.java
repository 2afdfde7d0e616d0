package dev.wscratch.message;

import dev.wscratch.message.Problem.Code;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message by name, and what each of them must be. A field that no message has is ignored, so that a
 * later version may add some.
 *
 * <p>Belongs to one thread.
 */
final class Fields {
    /** The fields of all messages; others are not kept. */
    private static final Set<String> KNOWN = Set.of(
            "type",
            "text",
            "stamp",
            "time",
            "on",
            "every",
            "skipped",
            "name",
            "offset",
            "last",
            "data",
            "received",
            "size",
            "sha256",
            "lines",
            "code",
            "expected",
            "at");

    /** A value that no field can have, such as an array. */
    static final Object UNFIT = new Object();

    private final Map<String, Object> values = new HashMap<>();

    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    /** Keeps a String, Long, Boolean, byte[] or {@link #UNFIT}. */
    void put(String name, Object value) {
        values.put(name, value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) throws BadMessageException {
        if (required(name, "text") instanceof String text) {
            if (Checks.loneSurrogate(text) < 0) {
                return text;
            }
            throw wrong(name, "Unicode text without lone surrogates (RFC 7493 section 2.1)");
        }
        throw wrong(name, "text");
    }

    String text(String name, int longest) throws BadMessageException {
        String text = text(name);
        if (text.isEmpty() || text.length() > longest) {
            throw wrong(name, "text of 1 to " + longest + " characters");
        }
        return text;
    }

    long integer(String name, long least, long most) throws BadMessageException {
        String expected = "an integer from " + least + " to " + most;
        if (required(name, expected) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw wrong(name, expected);
    }

    long integer(String name, long least, long most, long otherwise) throws BadMessageException {
        return has(name) ? integer(name, least, most) : otherwise;
    }

    boolean flag(String name) throws BadMessageException {
        if (required(name, "true or false") instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    boolean flag(String name, boolean otherwise) throws BadMessageException {
        return has(name) ? flag(name) : otherwise;
    }

    /** Bytes: as they are in CBOR, base64 in JSON. */
    ByteBuffer bytes(String name, Format format) throws BadMessageException {
        String expected = format == Format.JSON ? "bytes in base64 (RFC 4648 section 4)" : "a byte string";
        Object value = required(name, expected);
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
        if (format == Format.JSON && value instanceof String text) {
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode(text)).asReadOnlyBuffer();
            } catch (IllegalArgumentException notBase64) {
                throw wrong(name, expected);
            }
        }
        throw wrong(name, expected);
    }

    static BadMessageException wrong(String name, String expected) {
        return new BadMessageException(Code.WRONG_VALUE, expected, "/" + name);
    }

    private Object required(String name, String expected) throws BadMessageException {
        @Nullable Object value = values.get(name);
        if (value == null) {
            throw new BadMessageException(Code.MISSING_FIELD, expected, "/" + name);
        }
        return value;
    }
}
