package dev.wscratch.message;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * One message of {@code wscratch.v1}: an object with a {@code type} and the fields of the record. README.md has the table,
 * with an example of each in both formats.
 *
 * <p>Every {@link Request} has its answers, in the order of the requests; a {@link Problem} takes the place of what was
 * asked for. {@link Time} alone comes unasked, after a {@link Live} that switched it on.
 */
public sealed interface Message {
    /** The largest integer that JavaScript, and so each side, holds exactly (RFC 7493 section 2.2). */
    long MAX_INTEGER = (1L << 53) - 1;

    /** What a client may ask for. */
    sealed interface Request extends Message {}

    /** What a server answers. */
    sealed interface Reply extends Message permits Echo, Pong, Live, Time, Progress, Result, Problem {}

    /**
     * {@code echo}: is sent back as it is.
     *
     * @param text any Unicode text
     */
    record Echo(String text) implements Request, Reply {
        /** Throws {@link IllegalArgumentException} for what cannot travel. */
        public Echo {
            Checks.unicode("text", text);
        }
    }

    /**
     * {@code ping}: is answered by {@link Pong}.
     *
     * @param stamp the sender's own, from which it can tell the round-trip time; within ±{@link #MAX_INTEGER}
     */
    record Ping(long stamp) implements Request {
        /** Throws {@link IllegalArgumentException} for what cannot travel. */
        public Ping {
            Checks.range("stamp", stamp, -MAX_INTEGER, MAX_INTEGER);
        }
    }

    /**
     * {@code pong}: answers {@link Ping}.
     *
     * @param stamp of the ping
     * @param time of the server, in milliseconds since 1970-01-01T00:00Z
     */
    record Pong(long stamp, long time) implements Reply {}

    /**
     * {@code live}: asks for the time again and again, or for an end of that; answered by what is in effect from now on.
     *
     * @param on whether {@link Time} is to come; once on, another {@code live} changes the interval
     * @param every interval in milliseconds, {@link #SHORTEST} to {@link #LONGEST}; {@link #USUAL} where it is left out
     */
    record Live(boolean on, int every) implements Request, Reply {
        /** The shortest interval, in milliseconds. */
        public static final int SHORTEST = 100;

        /** The longest interval, in milliseconds. */
        public static final int LONGEST = 60_000;

        /** The interval where none is given, in milliseconds. */
        public static final int USUAL = 1_000;

        /** Throws {@link IllegalArgumentException} for what cannot travel. */
        public Live {
            Checks.range("every", every, SHORTEST, LONGEST);
        }
    }

    /**
     * {@code time}: what {@link Live} asked for.
     *
     * @param time of the server, in milliseconds since 1970-01-01T00:00Z
     * @param skipped how many were left out since the last one, because it had not been read yet
     */
    record Time(long time, long skipped) implements Reply {}

    /**
     * {@code file}: bytes of a file, all or the next part. Nothing is stored. Each part is answered by {@link Progress}, the
     * last one then also by {@link Result}.
     *
     * @param name for the answers; 1 to {@link #LONGEST_NAME} characters
     * @param offset how many bytes came before this part; 0, which may be left out, starts anew
     * @param last whether the file ends with this part; true where it is left out
     * @param data the part's bytes, not to be changed; may be empty
     */
    record FilePart(String name, long offset, boolean last, ByteBuffer data) implements Request {
        /** The longest name of a file, in characters of UTF-16. */
        public static final int LONGEST_NAME = 255;

        /** Throws {@link IllegalArgumentException} for what cannot travel. */
        public FilePart {
            Checks.unicode("name", name);
            Checks.range("the name's length", name.length(), 1, LONGEST_NAME);
            Checks.range("offset", offset, 0, MAX_INTEGER);
        }
    }

    /**
     * {@code progress}: a part of a file has arrived.
     *
     * @param name of the file
     * @param received bytes of it so far
     */
    record Progress(String name, long received) implements Reply {}

    /**
     * {@code result}: a file is complete.
     *
     * @param name of the file
     * @param size in bytes
     * @param sha256 its SHA-256, in lower-case hex
     * @param lines for text, which is UTF-8 without NUL: how many lines, also counting a last one that nothing ends; else
     *     empty
     */
    record Result(String name, long size, String sha256, OptionalLong lines) implements Reply {}
}
