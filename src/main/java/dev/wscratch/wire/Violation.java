package dev.wscratch.wire;

/**
 * A rule broken by what the peer sent, found at the earliest byte at which it can be known.
 *
 * @param rule the rule; it decides the close code
 * @param offset the guilty byte, counted from the first byte after the handshake (the parser's first), from 0. When
 *     bytes are missing (text that ends inside a character) it is where the first missing one should be
 * @param frameOffset where the guilty frame begins, counted likewise; {@code offset - frameOffset} is the byte within it
 * @param expected what would have been right
 * @param actual what came
 */
public record Violation(FrameRule rule, long offset, long frameOffset, String expected, String actual) {
    /** The code with which to fail the connection. */
    public CloseCode closeCode() {
        return rule.closeCode();
    }

    /** The guilty byte within its frame, from 0. */
    public long offsetInFrame() {
        return offset - frameOffset;
    }

    /**
     * What the peer is told in its Close frame: short, and nothing about this end's insides.
     */
    public CloseReason closeReason() {
        return CloseReason.truncated(
                closeCode(), "Expected " + expected + ", got " + actual + " (" + rule.section() + ")");
    }

    @Override
    public String toString() {
        return closeCode() + ": byte " + offset + " (byte " + offsetInFrame() + " of its frame): expected " + expected
                + ", got " + actual + ". " + rule.sentence() + " (" + rule.section() + ")";
    }
}
