package dev.wscratch.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an HTTP head (the empty line, CR LF CR LF) in bytes that come in any cut, within a bound.
 *
 * <p>It looks at line ends only, and refuses at once what could keep a server waiting in vain or be read in two ways: a
 * first byte that begins no request (a TLS hello on a plain port), LF without CR, CR without LF, NUL. The rest is judged
 * by {@link RequestHead#parse} when the head is whole.
 *
 * <pre>
 *        CR        LF            CR             LF
 *  TEXT ────▶ CR ────▶ LINE_START ────▶ LAST_CR ────▶ done
 *   ▲                      │ other
 *   └──────────────────────┘
 * </pre>
 *
 * <p>For one head and one thread at a time; {@link #reset} makes it ready for the next head.
 */
public final class HeadScanner {
    /** What {@link #scan} has come to. */
    public enum Step {
        /** Every byte was taken and the head goes on. */
        NEED_INPUT,
        /** The head is whole: {@link #length} bytes; what is left in the buffer comes after it. */
        HEAD,
        /** {@link #refusal} says why. */
        REFUSED
    }

    private enum State {
        START,
        TEXT,
        CR,
        LINE_START,
        LAST_CR
    }

    private final HeadLimits limits;
    private State state = State.START;

    /** Bytes of the head so far. */
    private int length;

    /** The first line has ended: what is too large now is the header lines. */
    private boolean pastFirstLine;

    private @Nullable Refusal refusal;

    public HeadScanner(HeadLimits limits) {
        this.limits = limits;
    }

    /** Takes bytes up to the end of the head; the position moves past what was taken. */
    public Step scan(ByteBuffer in) {
        if (refusal != null) {
            return Step.REFUSED;
        }
        while (in.hasRemaining()) {
            if (length == limits.maxBytes()) {
                return refuse(tooLarge());
            }
            byte b = in.get();
            length++;
            if (state == State.LAST_CR && b == '\n') {
                return Step.HEAD;
            }
            Refusal wrong = take(b);
            if (wrong != null) {
                return refuse(wrong);
            }
        }
        return Step.NEED_INPUT;
    }

    private @Nullable Refusal take(byte b) {
        switch (state) {
            case START -> {
                // An empty line before a request is only left over after a body (RFC 9112 2.2), and none is taken here.
                if (!HttpSyntax.isTokenChar(b & 0xFF)) {
                    return Refusal.of(HeadRule.NOT_HTTP, "a letter of a method", CloseCollector.hex(b));
                }
                state = State.TEXT;
            }
            case CR, LAST_CR -> {
                if (b != '\n') {
                    return Refusal.of(HeadRule.LINE_END_NOT_CRLF, "LF after CR", CloseCollector.hex(b));
                }
                pastFirstLine = true;
                state = State.LINE_START;
            }
            case TEXT, LINE_START -> {
                if (b == '\n') {
                    return Refusal.of(HeadRule.LINE_END_NOT_CRLF, "CR before LF", "LF alone");
                }
                if (b == 0) {
                    return Refusal.of(HeadRule.CONTROL_CHARACTER, "text", "byte 0x00");
                }
                state = b != '\r' ? State.TEXT : state == State.TEXT ? State.CR : State.LAST_CR;
            }
        }
        return null;
    }

    private Refusal tooLarge() {
        String expected = "at most " + limits.maxBytes() + " bytes of head";
        return pastFirstLine
                ? Refusal.of(HeadRule.HEAD_TOO_LARGE, expected, "more")
                : Refusal.of(HeadRule.TARGET_TOO_LONG, expected, "a first line that is longer");
    }

    private Step refuse(Refusal why) {
        refusal = why;
        return Step.REFUSED;
    }

    /** Bytes of the head so far; after HEAD all of them, the empty line included. */
    public int length() {
        return length;
    }

    /**
     * Why the head is refused.
     *
     * @throws IllegalStateException if it is not
     */
    public Refusal refusal() {
        Refusal why = refusal;
        if (why == null) {
            throw new IllegalStateException("refusal() is there after a step REFUSED, and none has come");
        }
        return why;
    }

    /** Makes ready for the next head on the connection. */
    public void reset() {
        state = State.START;
        length = 0;
        pastFirstLine = false;
        refusal = null;
    }
}
