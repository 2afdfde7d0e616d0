package dev.wscratch.transport;

import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.MessageDeflater;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses Tyrus's data frames on their way to the outbox.
 *
 * <p>Messages may be sent on several threads, and what was compressed first must leave first, since each message may
 * repeat bytes of those before it. So one lock covers compressing and queueing; nothing is called back under it.
 */
final class Outgoing {
    /** Room for the longest header. */
    private static final int HEADER = FrameSerialiser.MAX_HEADER_LENGTH;

    private final Object lock = new Object();

    /** Guarded by {@code lock}. */
    private final MessageDeflater deflater;

    /** Guarded by {@code lock}. */
    private final DeflateBudget.ContextCount context;

    /** Whether frames have a masking key, which is 0 here. */
    private final boolean masked;

    /** The message under way is compressed; guarded by {@code lock}. */
    private boolean compressing;

    /** The connection is gone; guarded by {@code lock}. */
    private boolean closed;

    /** Is told of each frame as it will travel. */
    interface Counter {
        void count(ByteBuffer frame);
    }

    Outgoing(MessageDeflater deflater, DeflateBudget.ContextCount context, Role role) {
        this.deflater = deflater;
        this.context = context;
        this.masked = role == Role.CLIENT;
    }

    /**
     * Compresses a frame, if it is worth it. The caller sees to it that frames leave in the order of the calls.
     *
     * @param frame whole and plain; a client's has the masking key 0
     */
    ByteBuffer compress(ByteBuffer frame) {
        synchronized (lock) {
            return closed ? frame : compressed(frame);
        }
    }

    /**
     * Queues a frame, compressed if it is worth it; as {@link Outbox#put}, {@link Outbox#settle} must follow.
     *
     * @param frame of Tyrus's: whole, plain and unmasked
     */
    Outbox.Added put(ByteBuffer frame, Outbox outbox, Outbox.@Nullable Sent sent, Counter counter) {
        synchronized (lock) {
            ByteBuffer travelling = closed ? frame : compressed(frame);
            counter.count(travelling);
            Outbox.Added added = outbox.put(travelling, sent);
            if (added.refused() != null) {
                // The peer will not see it, so nothing that comes after may repeat it.
                deflater.forget();
            }
            return added;
        }
    }

    /** Called with {@code lock} held. */
    private ByteBuffer compressed(ByteBuffer frame) {
        int at = frame.position();
        Opcode opcode = Opcode.of(frame.get(at));
        if (opcode == null || opcode.isControl()) {
            return frame;
        }
        boolean fin = frame.get(at) < 0;
        int length = frame.get(at + 1) & 0x7F;
        int header = (length <= 125 ? 2 : length == 126 ? 4 : 10) + (masked ? 4 : 0);
        if (opcode.startsMessage()) {
            // Of a message in fragments nobody knows yet how long it will be.
            compressing = !fin || frame.remaining() - header >= Compression.THRESHOLD;
        }
        if (!compressing) {
            return frame;
        }
        ByteBuffer payload = frame.slice(at + header, frame.remaining() - header);
        ByteBuffer out = deflater.deflate(payload, fin, HEADER);
        context.holds(deflater.holdsContext());
        int headerAt = HEADER - FrameSerialiser.headerLength(out.remaining(), masked);
        int payloadLength = out.remaining();
        out.position(headerAt);
        // RFC 7692 section 6: RSV1 on the first frame speaks for the whole message.
        if (masked) {
            FrameSerialiser.writeMaskedHeader(out, fin, opcode.startsMessage(), opcode, payloadLength, 0);
        } else {
            FrameSerialiser.writeHeader(out, fin, opcode.startsMessage(), opcode, payloadLength);
        }
        return out.position(headerAt);
    }

    void close() {
        synchronized (lock) {
            closed = true;
            deflater.close();
            context.holds(false);
        }
    }
}
