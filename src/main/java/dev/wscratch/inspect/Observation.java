package dev.wscratch.inspect;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Is told what one connection does on the wire, in either order of its two directions.
 *
 * <p>Safe for use by many threads; none of its methods waits for anybody, and each takes time only for the bytes that it
 * is given. The buffers are read during the call only; their positions stay or move.
 */
public interface Observation {
    /**
     * The client's bytes. The first call shows its request head, whole and nothing else.
     *
     * @param bytes as on the wire
     */
    void received(ByteBuffer bytes);

    /**
     * The connection is an endpoint's, which may be sent frames beside its own. Its session is about to open; before that
     * the answer may have left.
     *
     * @param frames takes whole unmasked frames that must stay together; false when the connection is closing
     */
    void upgraded(Predicate<List<ByteBuffer>> frames);

    /**
     * The session has opened and {@code @OnOpen} has run, on this thread, where the page's orders that came too early are
     * obeyed.
     */
    void opened();

    /**
     * The server's bytes, from the first of its answer on.
     *
     * @param bytes as on the wire
     */
    void sent(ByteBuffer bytes);

    /**
     * The TCP connection is gone; nothing comes after this.
     *
     * @param cause for a person: who ended it and how
     */
    void ended(String cause);
}
