package dev.wscratch.wire;

/**
 * How much one message may ask of its receiver (RFC 6455 section 10.4 advises every implementation to have such limits).
 *
 * <p>Without the first, a header of ten bytes could announce 2^63 - 1 bytes; without the second, a message of any number
 * of empty fragments would never end and never grow.
 *
 * @param maxMessage payload bytes of one message over all its fragments; at least 1. Past it: 1009, judged at the header
 *     that crosses it. A compressed one may have {@link #maxCompressed} as it travels; what it inflates to is judged by
 *     {@link MessageInflater}
 * @param maxFragments data frames of one message, at least 1. Past it: 1008, judged at the first byte of the frame
 */
public record FrameLimits(long maxMessage, int maxFragments) {
    /** 1 MiB and 16,384 fragments: room for 64-byte fragments of the largest message. */
    public static final FrameLimits DEFAULT = new FrameLimits(1 << 20, 16_384);

    /** Refuses limits that would let no message pass. */
    public FrameLimits {
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage is at least 1 byte, not " + maxMessage);
        }
        if (maxFragments < 1) {
            throw new IllegalArgumentException("maxFragments is at least 1, not " + maxFragments);
        }
    }

    /**
     * {@return the most payload bytes of a compressed message} Compression makes what is random already a little longer,
     * and a message of the largest size must not be refused for that.
     */
    long maxCompressed() {
        long more = maxMessage / 4 + 64;
        return maxMessage > Long.MAX_VALUE - more ? Long.MAX_VALUE : maxMessage + more;
    }

    /** The same with another message limit, in bytes. */
    public FrameLimits withMaxMessage(long bytes) {
        return new FrameLimits(bytes, maxFragments);
    }
}
