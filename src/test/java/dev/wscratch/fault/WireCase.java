package dev.wscratch.fault;

import java.util.Map;

/**
 * Bytes that a client sends and what a server must make of them; knows nothing of the server.
 *
 * @param row of the table of faults
 * @param name what is wrong with the bytes
 * @param head the whole request head, {@code {authority}} and {@code {path}} filled in by the runner
 * @param frames hex of what follows the 101; blanks are for the reader
 * @param expected what a strict server does
 */
record WireCase(int row, String name, String head, String frames, Expected expected) {
    /** What becomes of the connection. */
    sealed interface Expected {}

    /** An HTTP answer other than 101, and the connection ends. */
    record Refused(int status) implements Expected {}

    /** The handshake succeeds, then a Close frame with this code comes and the connection ends. */
    record Closed(int code) implements Expected {}

    /** The handshake succeeds and the endpoint echoes. */
    record Opens() implements Expected {}

    static WireCase handshake(int row, String name, String head, int status) {
        return new WireCase(row, name, head, "", status == 101 ? new Opens() : new Refused(status));
    }

    static WireCase frames(int row, String name, String frames, int code) {
        return new WireCase(row, name, HandshakeCases.good(), frames, new Closed(code));
    }

    /** The same case as another server answers it, if it is known to differ. */
    WireCase as(Map<String, Expected> differences) {
        return new WireCase(row, name, head, frames, differences.getOrDefault(name, expected));
    }
}
