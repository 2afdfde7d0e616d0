package dev.wscratch.transport;

import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the bytes of a frame whose length nobody knows yet, in chunks, so that no byte is reserved or copied before it
 * is known to be wanted. Belongs to one thread.
 */
final class InflatedFrame {
    /** The longest header of an unmasked frame (RFC 6455 section 5.2). */
    private static final int HEADER = 10;

    private static final int LEAST = 256;
    private static final int CHUNK = 64 << 10;

    /** The first begins with room for the header. */
    private final List<ByteBuffer> chunks = new ArrayList<>(2);

    private final long compressedLength;

    InflatedFrame(long compressedLength) {
        this.compressedLength = compressedLength;
    }

    /** {@return where the next bytes go: at least one byte of room} */
    ByteBuffer room() {
        if (chunks.isEmpty()) {
            int guess = (int) Math.min(CHUNK, Math.max(LEAST, 4 * compressedLength));
            chunks.add(ByteBuffer.allocate(HEADER + guess).position(HEADER));
        }
        ByteBuffer last = chunks.get(chunks.size() - 1);
        if (!last.hasRemaining()) {
            last = ByteBuffer.allocate(CHUNK);
            chunks.add(last);
        }
        return last;
    }

    /** {@return a whole frame} */
    ByteBuffer toFrame(boolean fin, Opcode opcode) {
        int length = room().position() - HEADER;
        if (chunks.size() > 1) {
            length = chunks.stream().mapToInt(ByteBuffer::position).sum() - HEADER;
        }
        ByteBuffer first = chunks.get(0).flip();
        int headerLength = FrameSerialiser.headerLength(length, false);
        first.position(HEADER - headerLength);
        FrameSerialiser.writeHeader(first, fin, false, opcode, length);
        first.position(HEADER - headerLength);
        return chunks.size() == 1 ? first : joined(headerLength + length);
    }

    private ByteBuffer joined(int length) {
        ByteBuffer whole = ByteBuffer.allocate(length).put(chunks.get(0));
        for (ByteBuffer chunk : chunks.subList(1, chunks.size())) {
            whole.put(chunk.flip());
        }
        return whole.flip();
    }
}
