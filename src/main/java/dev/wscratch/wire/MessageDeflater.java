package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses one direction of a connection, message by message (RFC 7692 section 7.2.1).
 *
 * <p>Each frame's payload ends with a sync flush, so that the receiver can inflate all of it at once, and the message's
 * last frame loses the four bytes 00 00 ff ff that such a flush ends with.
 *
 * <p>A window smaller than 2^15 is honoured although {@link Deflater} always has the largest: at the latest after 2^bits
 * bytes a full flush makes it forget what it has seen, so no distance is longer than the agreed window. That costs some
 * compression, and only those who ask for a small window.
 *
 * <p>Native memory (about 260 KiB) is held from the first piece of a message to its end without context takeover, to
 * {@link #close} with it. One thread at a time.
 */
public final class MessageDeflater implements AutoCloseable {
    /**
     * The fastest: nearly all that a compressed message costs is zlib's. Level 3 takes 1.5 to 2 times as long to make of
     * JSON 5 and of text 14 per cent less; and who chooses what is compressed here may be a stranger.
     */
    private static final int LEVEL = 1;

    /** Section 7.2.1: "Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end." */
    private static final int TAIL = 4;

    /** With less room than this zlib would begin its flush again. */
    private static final int LEAST_ROOM = 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final boolean contextTakeover;
    private final int windowBits;

    private @Nullable Deflater deflater;
    private boolean closed;

    /** Bytes since the deflater last forgot everything; never more than the window when that is a small one. */
    private int sinceForgotten;

    /**
     * A deflater for what this end sends.
     *
     * @param contextTakeover whether messages may repeat bytes of earlier ones
     * @param windowBits 8 to 15: nothing is repeated from farther back than 2^windowBits bytes
     */
    public MessageDeflater(boolean contextTakeover, int windowBits) {
        DeflateParameters.requireWindow("windowBits", windowBits);
        this.contextTakeover = contextTakeover;
        this.windowBits = windowBits;
    }

    /**
     * Compresses the payload of one frame.
     *
     * @param payload taken whole
     * @param endsMessage whether the frame is the last or only one of its message
     * @param before bytes to leave free before the result, for a header
     * @return the compressed payload from position to limit, in a buffer of its own with {@code before} bytes before the
     *     position
     */
    public ByteBuffer deflate(ByteBuffer payload, boolean endsMessage, int before) {
        if (!payload.hasRemaining()) {
            return empty(endsMessage, before);
        }
        Deflater deflating = open();
        ByteBuffer out = ByteBuffer.allocate(before + payload.remaining() / 4 + 4 * LEAST_ROOM);
        out.position(before);
        boolean small = windowBits < DeflateParameters.LARGEST_WINDOW_BITS;
        while (small && payload.remaining() > left()) {
            ByteBuffer piece = payload.slice(payload.position(), left());
            payload.position(payload.position() + piece.remaining());
            out = put(deflating, piece, Deflater.FULL_FLUSH, out);
            sinceForgotten = 0;
        }
        sinceForgotten += small ? payload.remaining() : 0;
        out = put(deflating, payload, Deflater.SYNC_FLUSH, out);
        deflating.setInput(NOTHING); // Lets go of the payload.
        if (endsMessage) {
            out.position(out.position() - TAIL);
            ended();
        }
        return out.limit(out.position()).position(before);
    }

    /** Section 7.2.3.6: an empty message is an empty block without its tail. A flush of nothing would put out nothing. */
    private ByteBuffer empty(boolean endsMessage, int before) {
        ByteBuffer out = ByteBuffer.allocate(before + 1);
        if (endsMessage) {
            ended();
        } else {
            out.limit(before);
        }
        return out.position(before);
    }

    /** How many bytes may come until the deflater must forget. */
    private int left() {
        return (1 << windowBits) - sinceForgotten;
    }

    private static ByteBuffer put(Deflater deflating, ByteBuffer piece, int flush, ByteBuffer out) {
        deflating.setInput(piece);
        ByteBuffer to = out;
        while (true) {
            if (to.remaining() < LEAST_ROOM) {
                int capacity = (int) Math.min(2L * to.capacity(), Integer.MAX_VALUE - 8);
                to = ByteBuffer.allocate(capacity).put(to.flip());
            }
            deflating.deflate(to, flush);
            // Room left over says that zlib is done, with all input and with the flush.
            if (to.hasRemaining()) {
                return to;
            }
        }
    }

    private void ended() {
        Deflater deflating = deflater;
        if (!contextTakeover && deflating != null) {
            deflating.end();
            deflater = null;
            sinceForgotten = 0;
        }
    }

    /**
     * Forgets every message so far, so that the next one repeats nothing of them: when one that was compressed was not
     * sent after all, and the peer has not seen it.
     */
    public void forget() {
        Deflater deflating = deflater;
        if (deflating != null) {
            deflating.reset();
            sinceForgotten = 0;
        }
    }

    /** {@return whether native memory is held now} */
    public boolean holdsContext() {
        return deflater != null;
    }

    private Deflater open() {
        Deflater deflating = deflater;
        if (deflating == null) {
            if (closed) {
                throw new IllegalStateException("expected an open deflater, this one is closed");
            }
            deflating = new Deflater(LEVEL, true);
            deflater = deflating;
        }
        return deflating;
    }

    /** Frees native memory; further messages are refused by an IllegalStateException. */
    @Override
    public void close() {
        closed = true;
        Deflater deflating = deflater;
        if (deflating != null) {
            deflating.end();
            deflater = null;
        }
    }
}
