package dev.wscratch.message;

/** The two ways in which the same {@link Message} is written. */
public enum Format {
    /** One JSON object (RFC 8259) in a text message; bytes are base64 with padding (RFC 4648 section 4). */
    JSON(Subprotocol.JSON, "a text message with one JSON object"),

    /** One CBOR map (RFC 8949) in a binary message; bytes are a byte string. */
    CBOR(Subprotocol.CBOR, "a binary message with one CBOR map");

    private final String subprotocol;
    private final String frame;

    Format(String subprotocol, String frame) {
        this.subprotocol = subprotocol;
        this.frame = frame;
    }

    /**
     * The format of a session.
     *
     * @param subprotocol as agreed on; empty, or any other name, means JSON
     * @return never null
     */
    public static Format of(String subprotocol) {
        return subprotocol.equals(Subprotocol.CBOR) ? CBOR : JSON;
    }

    /** {@return the subprotocol that asks for this format} */
    public String subprotocol() {
        return subprotocol;
    }

    /**
     * Wraps a message for {@code sendObject}, so that Jakarta takes this format's encoder.
     *
     * @param message to be sent
     * @return an {@link OutgoingJson} or {@link OutgoingCbor}
     */
    public Object outgoing(Message message) {
        return this == JSON ? new OutgoingJson(message) : new OutgoingCbor(message);
    }

    /** {@return the answer to a message of the other kind of frame} */
    public Problem wrongFrame() {
        return new Problem(Problem.Code.WRONG_FORMAT, frame + " (" + subprotocol + ")", "");
    }
}
