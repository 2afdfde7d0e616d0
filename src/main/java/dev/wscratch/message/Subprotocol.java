package dev.wscratch.message;

/** The names by which a handshake chooses a format (RFC 6455 section 1.9); the version changes when a format does. */
public final class Subprotocol {
    /** JSON in text messages; also what is spoken when no subprotocol was agreed on. */
    public static final String JSON = "wscratch.v1.json";

    /** CBOR in binary messages. */
    public static final String CBOR = "wscratch.v1.cbor";

    private Subprotocol() {}
}
