package dev.wscratch.message;

import java.util.Locale;

/**
 * The answer to a message that cannot be obeyed; the connection lives on.
 *
 * @param code what kind of problem
 * @param expected what would have been right, for a person to read
 * @param at where: a JSON Pointer (RFC 6901) such as {@code /stamp}; in what cannot be parsed, {@code character 17} or
 *     {@code byte 17}, counted from 0; empty for the whole message
 */
public record Problem(Code code, String expected, String at) implements Message.Reply {
    /** {@return the answer to a type that a server cannot be asked for} */
    public static Problem unknownOperation() {
        return new Problem(Code.UNKNOWN_OPERATION, "one of the operations echo, ping, live and file", "/type");
    }

    /** The kinds of problems. */
    public enum Code {
        /** Not JSON, or not CBOR. */
        SYNTAX,
        /** A text message where binary was agreed on, or the other way round. */
        WRONG_FORMAT,
        /** A field occurs twice. */
        DUPLICATE_FIELD,
        /** A field that is needed is not there. */
        MISSING_FIELD,
        /** A field has a value that it cannot have. */
        WRONG_VALUE,
        /** The type is none that the receiver can be asked for. */
        UNKNOWN_OPERATION,
        /** Beyond a bound: nesting, number of values, size of a file. */
        TOO_LARGE;

        /** {@return the code as it travels, such as {@code missing-field}} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
