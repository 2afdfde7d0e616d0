package dev.wscratch.transport;

/**
 * How much one peer, and all of them together, may take. Every bound is on by default.
 *
 * @param maxMessage largest message received, and largest frame, in bytes of payload; past it 1009
 * @param maxFragments most frames that one message may come in; past it 1008
 * @param maxHead largest request head in bytes; past it 431
 * @param maxConnections most connections at a time, upgraded or not; past it 503
 * @param maxConnectionsPerAddress most connections at a time from one address; loopback is exempt; past it 503
 * @param controlFramesPerSecond most Ping and Pong frames per second on one connection; past it 1008
 * @param highWaterMark bytes queued for one peer past which nothing more is read from it
 * @param deflateMemory bytes of native memory for all compressed connections: 312 KiB each in the first half, 44 KiB each
 *     without context takeover in the second; past it offers of compression are declined; 0 declines all
 */
public record Limits(
        int maxMessage,
        int maxFragments,
        int maxHead,
        int maxConnections,
        int maxConnectionsPerAddress,
        int controlFramesPerSecond,
        int highWaterMark,
        long deflateMemory) {
    private static final long DEFLATE_MEMORY = 512L << 20;

    /**
     * The defaults: 1 MiB messages in at most 16,384 frames, 16 KiB heads, 20,000 connections, 64 KiB queued, 512 MiB to
     * compress with.
     */
    public static final Limits DEFAULT = new Limits(1 << 20, 16_384, 16 << 10, 20_000, 1_000, 100, 64 << 10);

    /** The largest frame must fit one Java array together with its header. */
    static final int LARGEST_MESSAGE = Integer.MAX_VALUE - 64;

    /** Checks each value. */
    public Limits {
        within("maxMessage", maxMessage, 1, LARGEST_MESSAGE);
        within("maxFragments", maxFragments, 1, Integer.MAX_VALUE);
        within("maxHead", maxHead, 256, 1 << 20);
        within("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        within("maxConnectionsPerAddress", maxConnectionsPerAddress, 1, Integer.MAX_VALUE);
        within("controlFramesPerSecond", controlFramesPerSecond, 1, Integer.MAX_VALUE);
        within("highWaterMark", highWaterMark, 1024, 1 << 30);
        if (deflateMemory < 0) {
            throw new IllegalArgumentException("deflateMemory: expected 0 bytes or more, got " + deflateMemory);
        }
    }

    /** The same with the default of 512 MiB to compress with. */
    public Limits(
            int maxMessage,
            int maxFragments,
            int maxHead,
            int maxConnections,
            int maxConnectionsPerAddress,
            int controlFramesPerSecond,
            int highWaterMark) {
        this(
                maxMessage,
                maxFragments,
                maxHead,
                maxConnections,
                maxConnectionsPerAddress,
                controlFramesPerSecond,
                highWaterMark,
                DEFLATE_MEMORY);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + most + ", got " + value);
        }
    }

    /**
     * These limits with another largest message.
     *
     * @param bytes of payload
     * @return a copy
     */
    public Limits withMaxMessage(int bytes) {
        return new Limits(
                bytes,
                maxFragments,
                maxHead,
                maxConnections,
                maxConnectionsPerAddress,
                controlFramesPerSecond,
                highWaterMark,
                deflateMemory);
    }

    /**
     * These limits with another number of connections.
     *
     * @param count at a time
     * @return a copy
     */
    public Limits withMaxConnections(int count) {
        return new Limits(
                maxMessage,
                maxFragments,
                maxHead,
                count,
                maxConnectionsPerAddress,
                controlFramesPerSecond,
                highWaterMark,
                deflateMemory);
    }

    /**
     * These limits with another amount of memory to compress with.
     *
     * @param bytes for all connections
     * @return a copy
     */
    public Limits withDeflateMemory(long bytes) {
        return new Limits(
                maxMessage,
                maxFragments,
                maxHead,
                maxConnections,
                maxConnectionsPerAddress,
                controlFramesPerSecond,
                highWaterMark,
                bytes);
    }
}
