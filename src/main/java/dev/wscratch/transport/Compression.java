package dev.wscratch.transport;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.MessageDeflater;
import dev.wscratch.wire.MessageInflater;

/**
 * The compression that one connection has agreed on, below Tyrus: Tyrus reads and writes plain frames.
 *
 * <p>It owns the native memory of both directions and its share of the budget, and gives all of it back when the
 * connection ends, whichever thread is using it then. Safe for use by many threads.
 */
final class Compression {
    /** A shorter message is sent plain, as RFC 7692 section 6 allows: its block would hardly be shorter than itself. */
    static final int THRESHOLD = 64;

    private final DeflateBudget.Reservation reservation;
    private final Incoming incoming;
    private final Outgoing outgoing;

    Compression(DeflateBudget.Reservation reservation, int maxMessage) {
        DeflateParameters agreed = reservation.agreed();
        this.reservation = reservation;
        this.incoming = new Incoming(
                new MessageInflater(!agreed.clientNoContextTakeover(), maxMessage), reservation.countInflater());
        this.outgoing = new Outgoing(
                new MessageDeflater(!agreed.serverNoContextTakeover(), agreed.serverWindowBits()),
                reservation.countDeflater());
    }

    Incoming incoming() {
        return incoming;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Frees all memory; a second call does nothing. Waits for the piece that is being worked on. */
    void close() {
        incoming.close();
        outgoing.close();
        reservation.release();
    }
}
