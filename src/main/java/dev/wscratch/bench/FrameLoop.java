package dev.wscratch.bench;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The messages of a load as bytes, written once: the stream that a connection sends is a loop of a few masked frames, and
 * the stream that must come back is the loop of the same payloads in unmasked frames. Neighbours differ, so that a reply
 * that is lost, doubled or out of order is seen.
 *
 * <p>A client chooses a fresh masking key for each frame (RFC 6455 section 5.3); here the keys repeat with the loop, which
 * no server can tell and which spares the generator the masking.
 *
 * <p>The buffers are shared by all connections of one thread: whoever uses one sets position and limit first.
 */
final class FrameLoop {
    private static final int WRITE_AT_ONCE = 256 << 10;

    private final int frames;
    private final int requestLength;
    private final int replyHeaderLength;
    private final int replyLength;
    private final ByteBuffer requests;
    private final ByteBuffer replies;

    FrameLoop(Load load) {
        this.frames = Math.max(2, Math.min(16, (64 << 10) / load.size()));
        this.requestLength = FrameSerialiser.headerLength(load.size(), true) + load.size();
        this.replyHeaderLength = FrameSerialiser.headerLength(load.size(), false);
        this.replyLength = replyHeaderLength + load.size();
        // So many more that a write of all that is in flight, from any place in the loop, is one write.
        int more = Math.min(load.inFlight(), Math.max(1, WRITE_AT_ONCE / requestLength));
        this.requests = ByteBuffer.allocateDirect(Math.multiplyExact(frames + more, requestLength));
        this.replies = ByteBuffer.allocateDirect(Math.multiplyExact(frames, replyLength));
        fill(load, more);
    }

    private void fill(Load load, int more) {
        Random random = new Random(load.size());
        int[] keys = random.ints(frames).toArray();
        for (int i = 0; i < frames + more; i++) {
            int index = i % frames;
            ByteBuffer payload = payload(load, index);
            FrameSerialiser.writeFrame(requests, FrameHeader.masked(load.opcode(), load.size(), keys[index]), payload);
            if (i < frames) {
                FrameSerialiser.writeFrame(replies, FrameHeader.unmasked(load.opcode(), load.size()), payload);
            }
        }
    }

    private static ByteBuffer payload(Load load, int index) {
        byte[] bytes = new byte[load.size()];
        if (load.opcode() == Opcode.BINARY) {
            new Random(index).nextBytes(bytes);
        } else {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ('a' + (i + index) % 26);
            }
        }
        return ByteBuffer.wrap(bytes);
    }

    int requestLength() {
        return requestLength;
    }

    int replyLength() {
        return replyLength;
    }

    /** Bytes after which the stream of requests begins again. */
    int requestsLength() {
        return frames * requestLength;
    }

    /** Bytes after which the stream of replies begins again. */
    int repliesLength() {
        return frames * replyLength;
    }

    /** The requests from a place in their loop on, at most so many bytes. */
    ByteBuffer requests(int from, long atMost) {
        int count = (int) Math.min(atMost, requests.capacity() - from);
        return requests.limit(from + count).position(from);
    }

    /** The replies from a place in their loop on, so many bytes, or fewer if the loop ends. */
    ByteBuffer replies(int from, int atMost) {
        int count = Math.min(atMost, repliesLength() - from);
        return replies.limit(from + count).position(from);
    }

    /** The payload of the reply that begins at a place in their loop, from one of its bytes on, so many. */
    ByteBuffer payload(int frame, long from, int count) {
        int start = frame + replyHeaderLength + (int) from;
        return replies.limit(start + count).position(start);
    }
}
