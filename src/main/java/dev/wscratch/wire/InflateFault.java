package dev.wscratch.wire;

/**
 * A rule broken by what came out of, or did not come out of, a compressed message.
 *
 * @param rule it decides the close code
 * @param expected what would have been right
 * @param actual what came
 */
public record InflateFault(FrameRule rule, String expected, String actual) {
    /**
     * The same with its place on the wire. A byte of compressed payload stands for no byte of the message, so the place
     * is the frame, not the byte.
     *
     * @param frameOffset where the guilty frame begins, in bytes since the first after the handshake
     */
    public Violation inFrameAt(long frameOffset) {
        return new Violation(rule, frameOffset, frameOffset, expected, actual);
    }
}
