package dev.wscratch.wire;

/**
 * Which end of the connection is meant. RFC 6455 treats the two ends alike but for the handshake and for masking: a
 * client masks every frame it sends, a server masks none (section 5.1).
 */
public enum Role {
    CLIENT,
    SERVER;

    /** The end at the other side. */
    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** Whether this end must mask what it sends. */
    public boolean masksItsFrames() {
        return this == CLIENT;
    }
}
