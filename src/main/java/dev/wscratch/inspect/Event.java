package dev.wscratch.inspect;

import dev.wscratch.wire.FrameRule;
import dev.wscratch.wire.Role;
import org.jspecify.annotations.Nullable;

/** Something that a watched connection did. Times are microseconds since 1970-01-01T00:00Z. */
sealed interface Event {
    /** What an event takes besides its bytes, about. */
    int OVERHEAD = 160;

    /** {@return the page's number for the connection} */
    int connection();

    /** {@return bytes of memory, about} */
    default int weight() {
        return OVERHEAD;
    }

    /** A request head came. {@code partner}: from the client on the server's side. */
    record Handshake(int connection, long at, Excerpt request, boolean partner, boolean secure) implements Event {
        @Override
        public int weight() {
            return OVERHEAD + request.size();
        }
    }

    /** The head of the answer left; of a refusal also its body. */
    record Answer(int connection, long at, Excerpt response) implements Event {
        @Override
        public int weight() {
            return OVERHEAD + response.size();
        }
    }

    /**
     * A frame passed.
     *
     * @param number counts frames of the connection in both directions, from 1
     * @param cut TCP ended inside it
     * @param broken the rule that the frame breaks, as its receiver would judge
     * @param inflated what the compressed message is that ends with this frame
     */
    record Frame(
            int connection,
            long number,
            Role from,
            long at,
            Excerpt bytes,
            boolean cut,
            @Nullable FrameRule broken,
            @Nullable Excerpt inflated)
            implements Event {
        @Override
        public int weight() {
            return OVERHEAD + bytes.size() + (inflated == null ? 0 : inflated.size());
        }
    }

    /** Bytes passed that are no frame and no HTTP. */
    record Bytes(int connection, Role from, long at, Excerpt bytes) implements Event {
        @Override
        public int weight() {
            return OVERHEAD + bytes.size();
        }
    }

    /** TCP is gone. */
    record Ended(int connection, long at, String cause, Count client, Count server) implements Event {}

    /** So many frames were not told, because the watcher did not read; 0 for all of a connection that is one too many. */
    record Lost(int connection, long frames) implements Event {}

    /**
     * What one side has sent.
     *
     * @param bytes of all that travelled, heads included
     */
    record Count(long frames, long bytes) {}
}
