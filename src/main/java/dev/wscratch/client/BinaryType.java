package dev.wscratch.client;

/** What a binary message is given as, WHATWG WebSockets section 3.1; {@code blob} and {@code arraybuffer} in a browser. */
public enum BinaryType {
    /** A {@link java.nio.ByteBuffer}. */
    BYTE_BUFFER,
    /** A {@code byte[]}. */
    BYTE_ARRAY
}
