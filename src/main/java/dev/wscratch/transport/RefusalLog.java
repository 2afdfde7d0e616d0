package dev.wscratch.transport;

import dev.wscratch.wire.PeerText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;

/**
 * One line for each peer that was turned away, but not more than ten a second: a flood of bad clients must not fill a
 * disk. What was left out is counted in the next line.
 *
 * <p>Safe for use by many threads.
 */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final int LINES_PER_SECOND = 10;
    private static final long SECOND = 1_000_000_000L;

    /** Guarded by this object's monitor, as are the counts. */
    private long windowStart = System.nanoTime();

    private int lines;
    private long leftOut;

    /**
     * Logs a refusal.
     *
     * @param remote who was turned away
     * @param what a status or a close code
     * @param why the rule and what came; a peer's text in it is escaped here
     */
    void refused(InetAddress remote, String what, String why) {
        long missed = takeLine(System.nanoTime());
        if (missed >= 0) {
            LOG.log(
                    Level.INFO,
                    () -> "refuse remote=" + remote.getHostAddress() + " " + what + " why=\""
                            + PeerText.escape(why, 200) + "\""
                            + (missed > 0 ? " left_out=" + missed : ""));
        }
    }

    /** {@return how many lines were left out before this one; -1 when this one is left out as well} */
    synchronized long takeLine(long now) {
        if (now - windowStart >= SECOND) {
            windowStart = now;
            lines = 0;
        }
        if (lines >= LINES_PER_SECOND) {
            leftOut++;
            return -1;
        }
        lines++;
        long missed = leftOut;
        leftOut = 0;
        return missed;
    }
}
