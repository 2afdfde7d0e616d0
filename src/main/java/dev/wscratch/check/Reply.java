package dev.wscratch.check;

import dev.wscratch.wire.Opcode;

/** One thing that a good peer sends back. */
sealed interface Reply {
    /** A whole message, in whatever frames. */
    record Message(Opcode opcode, Bytes payload) implements Reply {
        @Override
        public String toString() {
            return opcode.label() + " " + Shown.payload(opcode, payload);
        }
    }

    /** A pong. */
    record Pong(Bytes payload) implements Reply {
        @Override
        public String toString() {
            return "pong " + Shown.payload(Opcode.PONG, payload);
        }
    }

    static Reply text(String text) {
        return new Message(Opcode.TEXT, Bytes.utf8(text));
    }

    static Reply text(Bytes text) {
        return new Message(Opcode.TEXT, text);
    }

    static Reply binary(Bytes bytes) {
        return new Message(Opcode.BINARY, bytes);
    }

    static Reply pong(String payload) {
        return new Pong(Bytes.utf8(payload));
    }
}
