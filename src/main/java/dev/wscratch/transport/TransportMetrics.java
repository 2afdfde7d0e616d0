package dev.wscratch.transport;

import dev.wscratch.wire.Opcode;
import java.util.function.LongSupplier;

/**
 * What a transport counts. Called on selector threads in the middle of things: must be quick and must not throw.
 *
 * <p>Every method does nothing by default.
 */
public interface TransportMetrics {
    /** Counts nothing. */
    TransportMetrics NONE = new TransportMetrics() {};

    /** Which side ended a connection. */
    enum Initiator {
        SERVER,
        CLIENT
    }

    /**
     * A transport has started; its gauges can be read from now on.
     *
     * @param connections TCP connections, upgraded or not
     * @param queuedBytes bytes that wait in all send queues
     */
    default void started(LongSupplier connections, LongSupplier queuedBytes) {}

    /**
     * What compressed connections take of the memory that is set aside for them; each value is read when it is asked for,
     * on any thread.
     */
    interface Compressing {
        /** {@return bytes of native memory that all of them together may take} */
        long limitBytes();

        /** {@return bytes that the live ones may come to hold} */
        long reservedBytes();

        /** {@return bytes that they hold now} */
        long heldBytes();

        /** {@return live connections that have agreed on compression} */
        long connections();

        /** {@return connections since the start that got no context takeover, because memory ran short} */
        long withoutTakeover();

        /**
         * {@return offers since the start that were declined because memory had run out, also at endpoints that would not
         * have taken them: they are not asked then}
         */
        long declined();
    }

    /**
     * A transport has started that compresses; its values can be read from now on.
     *
     * @param compressing of this transport
     */
    default void compressing(Compressing compressing) {}

    /**
     * A request for an upgrade was refused.
     *
     * @param reason a rule's name or another word of a small fixed set
     */
    default void rejected(String reason) {}

    /**
     * A WebSocket was opened.
     *
     * @param endpoint the path template of its endpoint
     * @param handshakeNanos from accept to the 101
     * @return what counts for this connection
     */
    default SessionMetrics opened(String endpoint, long handshakeNanos) {
        return SessionMetrics.NONE;
    }

    /** What counts for one WebSocket. */
    interface SessionMetrics {
        /** Counts nothing. */
        SessionMetrics NONE = new SessionMetrics() {};

        /**
         * A frame came and was right.
         *
         * @param opcode of the frame
         * @param payload bytes
         * @param header bytes, the masking key's included
         */
        default void received(Opcode opcode, long payload, int header) {}

        /**
         * A text or binary message came, whole.
         *
         * @param type TEXT or BINARY
         * @param bytes of payload
         */
        default void messageReceived(Opcode type, long bytes) {}

        /**
         * A frame was queued for the peer.
         *
         * @param opcode of the frame
         * @param fin whether it ends its message
         * @param payload bytes
         * @param header bytes
         */
        default void sent(Opcode opcode, boolean fin, long payload, int header) {}

        /**
         * A Ping was answered.
         *
         * @param nanos from the Ping to its Pong
         */
        default void roundTrip(long nanos) {}

        /**
         * The peer broke a rule.
         *
         * @param rule its name
         */
        default void violated(String rule) {}

        /** The peer was closed because it does not take its bytes. */
        default void tooSlow() {}

        /**
         * The connection is gone; once.
         *
         * @param code that closed it; 1006 when no Close frame did
         * @param initiator who closed first
         */
        default void closed(int code, Initiator initiator) {}
    }
}
