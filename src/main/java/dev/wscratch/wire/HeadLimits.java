package dev.wscratch.wire;

/**
 * How large the head of a request or response may be.
 *
 * @param maxBytes from the first byte to the end of the empty line, at least 64
 * @param maxFields header lines, at least 1
 */
public record HeadLimits(int maxBytes, int maxFields) {
    /** 16 KiB and 100 lines: browsers with many cookies stay well below. */
    public static final HeadLimits DEFAULT = new HeadLimits(16 * 1024, 100);

    /** Refuses limits that no handshake would meet. */
    public HeadLimits {
        if (maxBytes < 64) {
            throw new IllegalArgumentException("maxBytes is at least 64, not " + maxBytes);
        }
        if (maxFields < 1) {
            throw new IllegalArgumentException("maxFields is at least 1, not " + maxFields);
        }
    }
}
