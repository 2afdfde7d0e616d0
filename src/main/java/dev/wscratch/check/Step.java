package dev.wscratch.check;

import dev.wscratch.wire.Opcode;

/** What a case sends. */
sealed interface Step {
    /**
     * Bytes as they stand.
     *
     * @param chop how many bytes go out in one write; 0 for all
     * @param times how often
     */
    record Send(Bytes bytes, int chop, int times) implements Step {}

    /**
     * A message, compressed as the peers have agreed.
     *
     * @param piece how many bytes of the message each frame takes; 0 for all
     */
    record Deflated(Opcode opcode, Bytes message, int piece) implements Step {}

    static Step send(Bytes... bytes) {
        return new Send(Bytes.join(bytes), 0, 1);
    }

    static Step chopped(int chop, Bytes... bytes) {
        return new Send(Bytes.join(bytes), chop, 1);
    }
}
