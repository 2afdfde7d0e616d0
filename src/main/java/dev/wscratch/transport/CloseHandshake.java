package dev.wscratch.transport;

/**
 * Where a connection stands in the closing handshake (RFC 6455 section 7).
 *
 * <pre>
 *            we send Close               peer's Close comes
 *     OPEN ────────────────▶ CLOSE_SENT ─────────────────────┐
 *      │                                                     ▼
 *      └──────────────────▶ CLOSE_RECEIVED ───────────▶ CLOSE_DONE      the server then closes TCP first (7.1.1)
 *        peer's Close comes              we send Close       │
 *     any ──────────────────────────────────────────▶ GONE ◀─┘          TCP is closed
 *               TCP ends, or a deadline passes
 * </pre>
 *
 * <p>Safe for use by many threads: the only place where the state changes is {@link #on}.
 */
final class CloseHandshake {
    enum State {
        OPEN,
        CLOSE_SENT,
        CLOSE_RECEIVED,
        CLOSE_DONE,
        GONE
    }

    enum Event {
        WE_CLOSE,
        PEER_CLOSES,
        TCP_ENDS
    }

    /** Written by {@link #on} alone, under this object's monitor. */
    private volatile State state = State.OPEN;

    State state() {
        return state;
    }

    /** {@return the same for the words about the end of TCP} */
    TcpEnd.Phase phase() {
        return switch (state) {
            case OPEN -> TcpEnd.Phase.OPEN;
            case CLOSE_SENT -> TcpEnd.Phase.CLOSE_SENT;
            case CLOSE_RECEIVED -> TcpEnd.Phase.CLOSE_RECEIVED;
            case CLOSE_DONE -> TcpEnd.Phase.CLOSE_DONE;
            case GONE -> TcpEnd.Phase.NONE;
        };
    }

    /**
     * Makes the one transition that the event allows.
     *
     * @return whether the state changed; of several threads with the same event one sees true
     */
    synchronized boolean on(Event event) {
        State next = next(event);
        boolean changed = next != state;
        state = next;
        return changed;
    }

    private State next(Event event) {
        return switch (event) {
            case TCP_ENDS -> State.GONE;
            case WE_CLOSE ->
                switch (state) {
                    case OPEN -> State.CLOSE_SENT;
                    case CLOSE_RECEIVED -> State.CLOSE_DONE;
                    default -> state;
                };
            case PEER_CLOSES ->
                switch (state) {
                    case OPEN -> State.CLOSE_RECEIVED;
                    case CLOSE_SENT -> State.CLOSE_DONE;
                    default -> state;
                };
        };
    }
}
