package dev.wscratch.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes to a socket without TLS, past Grizzly. An outbox writes one batch after another, so nothing is with Grizzly then
 * that would have to go first.
 */
final class PlainWrite {
    /** The JDK copies what it writes to memory outside the heap, and each thread keeps as much as its largest write. */
    private static final int PIECE = 128 << 10;

    private PlainWrite() {}

    /**
     * Writes what the socket takes at once.
     *
     * @param parts in this order; used up
     * @return what is left, in order; empty when that was all
     */
    static List<ByteBuffer> now(SocketChannel socket, List<ByteBuffer> parts) throws IOException {
        ByteBuffer output = SelectorThread.currentOutput();
        if (output != null) {
            return through(output, socket, parts);
        }
        ByteBuffer all = joined(parts);
        return inPieces(socket, all) ? List.of() : List.of(all);
    }

    /** The one copy that the JDK would make as well; so many small frames need not be joined on the heap first. */
    private static List<ByteBuffer> through(ByteBuffer output, SocketChannel socket, List<ByteBuffer> parts)
            throws IOException {
        for (int next = 0; next < parts.size(); ) {
            output.clear();
            while (next < parts.size() && move(parts.get(next), output)) {
                next++;
            }
            socket.write(output.flip());
            if (output.hasRemaining()) {
                List<ByteBuffer> left = new ArrayList<>();
                left.add(ByteBuffer.allocate(output.remaining()).put(output).flip());
                left.addAll(parts.subList(next, parts.size()));
                return left;
            }
        }
        return List.of();
    }

    /** {@return whether all of {@code part} had room} */
    private static boolean move(ByteBuffer part, ByteBuffer output) {
        int size = Math.min(part.remaining(), output.remaining());
        int end = part.limit();
        output.put(part.limit(part.position() + size));
        part.limit(end);
        return !part.hasRemaining();
    }

    /** {@return whether the socket took all} */
    private static boolean inPieces(SocketChannel socket, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + PIECE));
            try {
                socket.write(bytes);
                if (bytes.hasRemaining()) {
                    return false;
                }
            } finally {
                bytes.limit(end);
            }
        }
        return true;
    }

    /** {@return all of {@code parts} as one buffer} */
    static ByteBuffer joined(List<ByteBuffer> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        ByteBuffer together = ByteBuffer.allocate(size);
        parts.forEach(together::put);
        return together.flip();
    }
}
