package dev.wscratch.transport;

/**
 * Who looks at a transport's connections from outside.
 *
 * @param metrics counts
 * @param taps sees bytes
 * @param raw takes connections over
 */
public record Hooks(TransportMetrics metrics, ConnectionTap.Source taps, RawConnection.Source raw) {
    /** Nobody. */
    public static final Hooks NONE =
            new Hooks(TransportMetrics.NONE, ConnectionTap.Source.NONE, RawConnection.Source.NONE);
}
