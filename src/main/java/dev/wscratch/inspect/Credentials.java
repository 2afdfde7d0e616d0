package dev.wscratch.inspect;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Hides the header fields by which a user is known, such as a cookie with HttpOnly: not even the page itself may read
 * them. Of a request only the fields are shown that a browser's handshake has, since nobody knows what a proxy adds: many
 * pass on who has signed in, or a token. Of an answer, which is the server's own, only those are hidden that give or ask
 * for credentials.
 *
 * <p>Takes one head, in pieces however they are cut; each byte of a hidden value comes out as {@code *}, so that lengths
 * stay. What comes after an answer's head is passed on as it is. Belongs to one thread at a time.
 */
final class Credentials {
    /** RFC 6455 section 1.2, Fetch Metadata, and what browsers send with every request; what begins so is shown too. */
    private static final Set<String> SHOWN = Set.of(
            "host", "connection", "upgrade", "origin", "pragma", "cache-control", "user-agent", "dnt", "sec-gpc");

    private static final Set<String> SHOWN_BEGINNINGS = Set.of("accept", "sec-websocket-", "sec-fetch-", "sec-ch-ua");

    private static final Set<String> HIDDEN_IN_ANSWERS = Set.of(
            "set-cookie",
            "set-cookie2",
            "www-authenticate",
            "authentication-info",
            "proxy-authenticate",
            "proxy-authentication-info");

    /** A name that is longer is none of those above. */
    private static final int MOST_NAME = 64;

    private enum Place {
        START_LINE,
        LINE_BEGINS,
        NAME,
        BEFORE_VALUE,
        VALUE,
        BODY
    }

    private final Predicate<String> hides;
    private final StringBuilder name = new StringBuilder();
    private Place place = Place.START_LINE;
    private boolean hiding;

    /** The line so far is empty. */
    private boolean empty = true;

    private Credentials(Predicate<String> hides) {
        this.hides = hides;
    }

    static Credentials ofRequest() {
        return new Credentials(
                name -> !SHOWN.contains(name) && SHOWN_BEGINNINGS.stream().noneMatch(name::startsWith));
    }

    static Credentials ofAnswer() {
        return new Credentials(HIDDEN_IN_ANSWERS::contains);
    }

    /**
     * Hides values in the next piece.
     *
     * @param head stays as it is
     * @return a copy of the same length
     */
    ByteBuffer hidden(ByteBuffer head) {
        byte[] bytes = new byte[head.remaining()];
        head.get(head.position(), bytes);
        for (int i = 0; i < bytes.length && place != Place.BODY; i++) {
            bytes[i] = next(bytes[i]);
        }
        return ByteBuffer.wrap(bytes);
    }

    private byte next(byte b) {
        if (b == '\n') {
            endLine();
            return b;
        }
        if (b == '\r') {
            return b;
        }
        empty = false;
        boolean space = b == ' ' || b == '\t';
        switch (place) {
            // A line that begins with white space goes on with the field before it (RFC 9112 section 5.2).
            case LINE_BEGINS -> begin(b, space);
            case NAME -> name(b, space);
            case BEFORE_VALUE -> place = space ? place : Place.VALUE;
            case START_LINE, VALUE, BODY -> {}
        }
        return hiding && place == Place.VALUE ? (byte) '*' : b;
    }

    private void begin(byte b, boolean space) {
        if (space) {
            place = Place.BEFORE_VALUE;
        } else {
            place = Place.NAME;
            name.setLength(0);
            hiding = false;
            name(b, false);
        }
    }

    private void name(byte b, boolean space) {
        if (b == ':') {
            place = Place.BEFORE_VALUE;
            hiding = hides.test(name.toString().toLowerCase(Locale.ROOT));
        } else if (!space && name.length() <= MOST_NAME) {
            name.append((char) (b & 0xFF));
        }
    }

    private void endLine() {
        if (place != Place.START_LINE) {
            place = empty ? Place.BODY : Place.LINE_BEGINS;
        } else if (!empty) {
            // Before the first line there may be empty ones (RFC 9112 section 2.2).
            place = Place.LINE_BEGINS;
        }
        empty = true;
    }
}
