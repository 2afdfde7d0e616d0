package dev.wscratch.client;

/** The four states of a {@link WebSocket}, in the words and the order of the WHATWG standard, section 3.1. */
public enum ReadyState {
    /** The connection is being made: {@code send} throws. */
    CONNECTING,
    /** Messages flow both ways. */
    OPEN,
    /** The closing handshake is under way: nothing is sent or received any more. */
    CLOSING,
    /** The connection has ended, or was never made. */
    CLOSED
}
