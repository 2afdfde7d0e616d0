package dev.wscratch.transport;

/**
 * How many control frames one peer may send: each costs an answer or a look, and none carries data.
 *
 * <p>A bucket that holds one second's worth and refills steadily. Belongs to one connection's reading thread.
 */
final class ControlFrameRate {
    private final int perSecond;
    private double tokens;
    private long filledAt = System.nanoTime();

    ControlFrameRate(int perSecond) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
    }

    /**
     * Counts one frame.
     *
     * @param now {@link System#nanoTime}
     * @return whether it is within the rate
     */
    boolean allows(long now) {
        tokens = Math.min(perSecond, tokens + (now - filledAt) / 1e9 * perSecond);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
