package dev.wscratch.wire;

/**
 * How far the message under way has come: the little that a receiver must remember between fragments (RFC 6455 section
 * 5.4). Control frames in between leave it alone.
 */
final class MessageProgress {
    /** TEXT or BINARY; kept after the last frame until the next message begins. */
    private Opcode opcode = Opcode.BINARY;

    /** RSV1 of the first frame: the whole message is compressed (RFC 7692 section 6). */
    private boolean compressed;

    /** Payload bytes announced by the headers so far. */
    private long length;

    /** Data frames so far. */
    private int fragments;

    /** A first frame without FIN came, and no frame with FIN since. */
    private boolean open;

    /** Takes note of a data frame whose header has been judged. */
    void advance(Opcode frameOpcode, boolean fin, boolean rsv1, long payloadLength) {
        if (frameOpcode == Opcode.CONTINUATION) {
            length += payloadLength;
            fragments++;
        } else {
            opcode = frameOpcode;
            compressed = rsv1;
            length = payloadLength;
            fragments = 1;
        }
        open = !fin;
    }

    boolean isOpen() {
        return open;
    }

    Opcode opcode() {
        return opcode;
    }

    boolean isCompressed() {
        return compressed;
    }

    int fragments() {
        return fragments;
    }

    /** Payload bytes of all fragments whose headers have come. */
    long length() {
        return length;
    }

    /** Payload bytes that the next data frame is added to. */
    long lengthBeforeNextFrame() {
        return open ? length : 0;
    }
}
