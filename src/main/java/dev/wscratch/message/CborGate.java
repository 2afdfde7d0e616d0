package dev.wscratch.message;

import dev.wscratch.message.Problem.Code;
import dev.wscratch.wire.Utf8Validator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Says of bytes whether they are one CBOR map that a message may be, before Jackson reads them: Jackson takes overlong
 * UTF-8 and surrogates, gives meaning to tags, and turns numbers and bytes into names.
 *
 * <p>An item begins with a byte of three bits for its major type and five for its argument (RFC 8949 section 3):
 *
 * <pre>
 * major type                 argument
 * 0, 1  integers             0..23   is the argument itself
 * 2, 3  bytes, text          24..27  it is in the next 1, 2, 4 or 8 bytes
 * 4, 5  array, map           28..30  reserved
 * 6     tag                  31      no length: items follow until the "break", ff
 * 7     simple, float
 * </pre>
 */
final class CborGate {
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;

    private final ByteBuffer in;
    private final Utf8Validator utf8 = new Utf8Validator();
    private int items;

    private CborGate(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** {@return what is wrong, or null} */
    static @Nullable Problem judge(byte[] bytes) {
        CborGate gate = new CborGate(bytes);
        try {
            if (bytes.length == 0 || (bytes[0] & 0xFF) >>> 5 != MAP) {
                throw gate.broken("one CBOR map", 0);
            }
            gate.item(1);
            if (gate.in.hasRemaining()) {
                throw gate.broken("one CBOR map and nothing after it", gate.in.position());
            }
            return null;
        } catch (BadMessageException e) {
            return e.problem();
        }
    }

    private void item(int depth) throws BadMessageException {
        int at = in.position();
        if (++items > Limits.TOKENS || depth > Limits.DEPTH) {
            throw new BadMessageException(Code.TOO_LARGE, MessageReader.bounds(), "byte " + at);
        }
        int first = next();
        int major = first >>> 5;
        int info = first & 31;
        if (info == INDEFINITE) {
            indefinite(major, depth, at);
            return;
        }
        long argument = argument(info, at);
        switch (major) {
            case BYTES -> skip(argument, at);
            case TEXT -> text(argument, at);
            case ARRAY -> items(argument, depth, at);
            case MAP -> fields(argument, depth, at);
            case TAG -> throw broken("no tag", at);
            case SIMPLE -> simple(info, argument, at);
            default -> {} // an integer: all of it was the argument
        }
    }

    private void indefinite(int major, int depth, int at) throws BadMessageException {
        switch (major) {
            case BYTES, TEXT -> chunks(major);
            case ARRAY -> {
                while (!breaks()) {
                    item(depth + 1);
                }
            }
            case MAP -> {
                while (!breaks()) {
                    name();
                    item(depth + 1);
                }
            }
            default -> throw broken("a length", at);
        }
    }

    /** Pieces of a string: each has a length, and is of the same kind (section 3.2.3). */
    private void chunks(int major) throws BadMessageException {
        while (!breaks()) {
            int at = in.position();
            int first = next();
            if (first >>> 5 != major || (first & 31) == INDEFINITE) {
                throw broken("a piece of the same kind of string, with its length", at);
            }
            if (++items > Limits.TOKENS) {
                throw new BadMessageException(Code.TOO_LARGE, MessageReader.bounds(), "byte " + at);
            }
            long length = argument(first & 31, at);
            if (major == TEXT) {
                text(length, at);
            } else {
                skip(length, at);
            }
        }
    }

    private void items(long count, int depth, int at) throws BadMessageException {
        requireRoom(count, at);
        for (long i = 0; i < count; i++) {
            item(depth + 1);
        }
    }

    private void fields(long count, int depth, int at) throws BadMessageException {
        requireRoom(count, at);
        for (long i = 0; i < count; i++) {
            name();
            item(depth + 1);
        }
    }

    /** A name is text in one piece. */
    private void name() throws BadMessageException {
        int at = in.position();
        int first = next();
        if (first >>> 5 != TEXT || (first & 31) == INDEFINITE) {
            throw broken("a name, which is text", at);
        }
        text(argument(first & 31, at), at);
    }

    private void text(long length, int at) throws BadMessageException {
        int from = in.position();
        skip(length, at);
        utf8.reset();
        int bad = utf8.validate(in, from, in.position());
        if (bad != Utf8Validator.VALID || !utf8.isComplete()) {
            throw broken("UTF-8 (RFC 3629)", bad == Utf8Validator.VALID ? in.position() : bad);
        }
    }

    private void simple(int info, long argument, int at) throws BadMessageException {
        boolean proper =
                switch (info) {
                    case 20, 21, 22 -> true; // false, true, null
                    case 25 ->
                        (argument & 0x7C00) != 0x7C00; // floats of 16, 32 and 64 bits; all ones in the exponent: NaN, ∞
                    case 26 -> Float.isFinite(Float.intBitsToFloat((int) argument));
                    case 27 -> Double.isFinite(Double.longBitsToDouble(argument));
                    default -> false;
                };
        if (!proper) {
            throw broken("false, true, null or a number", at);
        }
    }

    /** Unsigned: what is greater than {@link Long#MAX_VALUE} comes as a negative number. */
    private long argument(int info, int at) throws BadMessageException {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw broken("an argument of 0 to 8 bytes", at);
        }
        int size = 1 << (info - 24);
        if (in.remaining() < size) {
            throw ended();
        }
        return switch (size) {
            case 1 -> in.get() & 0xFFL;
            case 2 -> in.getShort() & 0xFFFFL;
            case 4 -> in.getInt() & 0xFFFF_FFFFL;
            default -> in.getLong();
        };
    }

    private boolean breaks() throws BadMessageException {
        if (!in.hasRemaining()) {
            throw ended();
        }
        boolean found = (in.get(in.position()) & 0xFF) == BREAK;
        if (found) {
            in.get();
        }
        return found;
    }

    private int next() throws BadMessageException {
        if (!in.hasRemaining()) {
            throw ended();
        }
        return in.get() & 0xFF;
    }

    private void skip(long length, int at) throws BadMessageException {
        requireRoom(length, at);
        in.position(in.position() + (int) length);
    }

    /** Before anything is done for an announced length: each item takes at least a byte. */
    private void requireRoom(long length, int at) throws BadMessageException {
        if (length < 0 || length > in.remaining()) {
            throw broken("a length that the message has room for", at);
        }
    }

    private BadMessageException ended() {
        return broken("more: the message ends too early", in.limit());
    }

    private BadMessageException broken(String expected, int at) {
        return new BadMessageException(Code.SYNTAX, expected, "byte " + at);
    }
}
