package dev.wscratch.fault;

import org.jspecify.annotations.Nullable;

/**
 * How what comes from the peer is treated while a script goes on.
 *
 * @param echo how messages are sent back; null when they are not
 * @param pongs whether a Ping is answered
 * @param closing what a Close frame, or a broken rule, leads to
 * @param reads whether anything is read at all
 */
record Manners(@Nullable Echo echo, boolean pongs, Closing closing, boolean reads) {
    /** What a Close frame of the peer's leads to. */
    enum Closing {
        /** A Close frame back, then the end of TCP: what RFC 6455 sections 5.5.1 and 7.1.1 want. */
        ANSWER,
        /** The end of TCP: the script has sent its own Close frame already. */
        END,
        /** A Close frame back, and TCP stays open. */
        ANSWER_AND_STAY,
        /** Nothing. */
        IGNORE
    }

    /** A good server. */
    static final Manners GOOD = new Manners(Echo.PLAIN, true, Closing.ANSWER, true);

    /** A good server that says nothing by itself, so that a script can have the floor. */
    static final Manners ATTENTIVE = new Manners(null, true, Closing.ANSWER, true);

    /** A good server that has sent its Close frame. */
    static final Manners CLOSING = new Manners(null, false, Closing.END, true);

    /** Takes everything, answers nothing. */
    static final Manners SILENT = new Manners(null, false, Closing.IGNORE, true);

    /** Takes nothing: TCP's own buffers fill up. */
    static final Manners DEAF = new Manners(null, false, Closing.IGNORE, false);

    static Manners echoing(Echo echo) {
        return new Manners(echo, true, Closing.ANSWER, true);
    }

    Manners withoutPongs() {
        return new Manners(echo, false, closing, reads);
    }

    Manners with(Closing other) {
        return new Manners(echo, pongs, other, reads);
    }
}
