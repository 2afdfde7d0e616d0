package dev.wscratch.client;

import dev.wscratch.wire.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * When a {@link ReconnectingWebSocket} comes back. The wait before an attempt is drawn at random between nothing and
 * {@code base · factor^failures}, at most {@code cap}: "full jitter", so that the clients of a server that restarts do not
 * come back all at once. A server's Retry-After comes before that wait, and does not replace it.
 *
 * @param base the longest first wait, at least 1 ms
 * @param factor by which it grows, at least 1
 * @param cap the longest wait of all, at least {@code base}
 * @param resetAfter how long a connection must have been open for the waits to begin anew
 * @param maxQueued bytes that may wait to be sent while there is no connection, where each message counts {@value
 *     #MESSAGE_OVERHEAD} more than it has; 0 queues nothing
 * @param attempts how many to make to come back before it is given up, counted anew when the waits begin anew; at least 1
 */
public record ReconnectSettings(
        Duration base, double factor, Duration cap, Duration resetAfter, long maxQueued, int attempts) {
    /** What a message costs besides its bytes, roughly: so that a queue of empty ones ends too. */
    static final long MESSAGE_OVERHEAD = 64;

    /** A server that asks for longer than this gets this. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** 1 s, doubled up to 30 s, anew after 5 s; 1 MiB in the queue. */
    public static final ReconnectSettings DEFAULT =
            new ReconnectSettings(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), Duration.ofSeconds(5), 1 << 20);

    /** With as many attempts as it takes. */
    public ReconnectSettings(Duration base, double factor, Duration cap, Duration resetAfter, long maxQueued) {
        this(base, factor, cap, resetAfter, maxQueued, Integer.MAX_VALUE);
    }

    /** Refuses what would not wait, or not grow. */
    public ReconnectSettings {
        require(base.toMillis() >= 1, "base", "at least 1 ms", base);
        require(factor >= 1 && factor <= 1000, "factor", "1 to 1000", factor);
        require(cap.compareTo(base) >= 0 && cap.compareTo(LONGEST_RETRY_AFTER) <= 0, "cap", "base to a day", cap);
        require(!resetAfter.isNegative(), "resetAfter", "0 or more", resetAfter);
        require(maxQueued >= 0, "maxQueued", "0 or more bytes", maxQueued);
        require(attempts >= 1, "attempts", "at least 1", attempts);
    }

    private static void require(boolean holds, String name, String expected, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", got " + got);
        }
    }

    /**
     * How long to wait.
     *
     * @param failures attempts since a connection was open for long enough
     * @param random 0 to 1
     */
    Duration delay(int failures, double random) {
        double longest = Math.min((double) cap.toMillis(), base.toMillis() * Math.pow(factor, failures));
        return Duration.ofMillis((long) (longest * random));
    }

    /**
     * Whether there is no use in coming back. Of the codes 3000 to 4999 the upper half of each thousand is final, as
     * servers of this field have it; so are 1000, which says that all is done, 1008, and 1010. Of the HTTP statuses those
     * from 400 on that blame the request, except 401, since the next one may bring a fresh token, and those that ask for
     * another try: 408, 425, 429. A setting that cannot be, such as a URL that is none, is final too.
     */
    static boolean isFinal(CloseEvent close, @Nullable ErrorEvent error) {
        if (error != null && error.cause() instanceof IllegalArgumentException) {
            return true;
        }
        if (error != null && error.status() != 0) {
            int status = error.status();
            boolean again = status == 401 || status == 408 || status == 425 || status == 429;
            return status >= 400 && status < 500 && !again;
        }
        int code = close.code();
        boolean upperHalf = code >= 3000 && code <= 4999 && code % 1000 >= 500;
        return upperHalf
                || code == CloseCode.NORMAL_CLOSURE.value()
                || code == CloseCode.POLICY_VIOLATION.value()
                || code == CloseCode.MANDATORY_EXTENSION.value();
    }

    /** What the server's Retry-After asks for (RFC 9110 section 10.2.3), a number of seconds or a date; else nothing. */
    static Duration retryAfter(@Nullable ErrorEvent error, Instant now) {
        String value = error == null ? null : error.headers().first("Retry-After");
        if (value == null) {
            return Duration.ZERO;
        }
        if (value.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(now, then));
        } catch (DateTimeParseException e) {
            // A peer's header that cannot be read asks for nothing.
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
