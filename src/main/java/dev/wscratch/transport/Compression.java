package dev.wscratch.transport;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.MessageDeflater;
import dev.wscratch.wire.MessageInflater;
import dev.wscratch.wire.Role;

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
                reservation.countDeflater(),
                Role.SERVER);
    }

    private Compression(DeflateBudget.Reservation reservation, Incoming incoming, Outgoing outgoing) {
        this.reservation = reservation;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** The other end: what the server sends is inflated, what the client sends is deflated. */
    static Compression ofClient(DeflateBudget.Reservation reservation, DeflateParameters agreed, int maxMessage) {
        return new Compression(
                reservation,
                new Incoming(
                        new MessageInflater(!agreed.serverNoContextTakeover(), maxMessage),
                        reservation.countInflater()),
                new Outgoing(
                        new MessageDeflater(!agreed.clientNoContextTakeover(), agreed.clientWindowBits()),
                        reservation.countDeflater(),
                        Role.CLIENT));
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
