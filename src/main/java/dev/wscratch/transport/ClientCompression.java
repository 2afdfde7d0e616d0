package dev.wscratch.transport;

import dev.wscratch.transport.DeflateBudget.Reservation;
import dev.wscratch.wire.DeflateOffer;
import dev.wscratch.wire.DeflateOffer.Agreed;
import dev.wscratch.wire.DeflateOffer.ClientWindow;
import dev.wscratch.wire.DeflateOffer.Judgement;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.FrameParser;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate in the client's role: offered as browsers offer it, and below Tyrus as on the server.
 *
 * <p>All clients of a JVM together reserve at most {@value #BUDGET} bytes of native memory; where there is no room, nothing
 * is offered. Safe for use by many threads.
 */
public final class ClientCompression implements AutoCloseable {
    /** Room for two hundred connections. */
    static final long BUDGET = 64L << 20;

    private static final DeflateBudget ALL = new DeflateBudget(BUDGET);

    /** What browsers offer: a window of ours that the server may limit, which costs us nothing. */
    public static final DeflateOffer USUAL = new DeflateOffer(false, false, null, new ClientWindow(true, 15));

    private final Reservation reservation;

    /** Best first, at least one. */
    private final List<DeflateOffer> offers;

    /** Null until the server has agreed; guarded by this. */
    private @Nullable Compression compression;

    /** Guarded by this. */
    private boolean closed;

    private ClientCompression(Reservation reservation, List<DeflateOffer> offers) {
        this.reservation = reservation;
        this.offers = List.copyOf(offers);
    }

    /**
     * Reserves memory for what one connection offers.
     *
     * @param offers best first, at least one
     * @return the caller's to close; null when there is no room for one more
     */
    public static @Nullable ClientCompression offer(List<DeflateOffer> offers) {
        Reservation reservation = ALL.reserveForClient();
        return reservation == null ? null : new ClientCompression(reservation, offers);
    }

    /** {@return what to make of the element of the answer's}: it fits when it fits one of the offers. */
    public Judgement judge(Extension answer) {
        Judgement judgement = offers.get(0).judge(answer);
        for (int i = 1; i < offers.size() && !(judgement instanceof Agreed); i++) {
            judgement = offers.get(i).judge(answer);
        }
        return judgement;
    }

    /**
     * The server has agreed.
     *
     * @param maxMessage the most bytes that a message may inflate to
     */
    public synchronized void agree(DeflateParameters agreed, int maxMessage) {
        if (!closed) {
            compression = Compression.ofClient(reservation, agreed, maxMessage);
        }
    }

    /** {@return what makes plain frames of the server's} */
    public synchronized FrameAssembler assembler(FrameParser parser) {
        return new FrameAssembler(parser, compression == null ? null : compression.incoming());
    }

    /**
     * Compresses a frame, if it is worth it.
     *
     * @param frame whole, with the masking key 0; its bytes stay
     * @return a frame of the same form, maybe the same one
     */
    public ByteBuffer compress(ByteBuffer frame) {
        Compression agreed;
        synchronized (this) {
            agreed = compression;
        }
        return agreed == null ? frame : agreed.outgoing().compress(frame);
    }

    /** Frees all memory; a second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        if (compression != null) {
            compression.close();
        }
        reservation.release();
    }
}
