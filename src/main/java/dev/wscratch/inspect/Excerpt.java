package dev.wscratch.inspect;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonGenerator;

/** The beginning of some bytes, and how many there were. */
final class Excerpt {
    private final byte[] kept;
    private final int size;
    private final long length;

    private Excerpt(byte[] kept, int size, long length) {
        this.kept = kept;
        this.size = size;
        this.length = length;
    }

    /** {@return how many bytes there were, perhaps more than are kept} */
    long length() {
        return length;
    }

    /** {@return the same with other bytes, as many} */
    Excerpt with(UnaryOperator<ByteBuffer> change) {
        byte[] changed = new byte[size];
        change.apply(ByteBuffer.wrap(kept, 0, size)).get(changed);
        return new Excerpt(changed, size, length);
    }

    /** {@return how many are kept} */
    int size() {
        return size;
    }

    /** {@return a copy of what is kept} */
    byte[] bytes() {
        return Arrays.copyOf(kept, size);
    }

    /** Writes what is kept in base64. */
    void writeTo(JsonGenerator to) {
        to.writeBinary(kept, 0, size);
    }

    /** Collects bytes up to a bound and counts them all. Belongs to one thread at a time. */
    static final class Collector {
        private static final int FIRST = 64;

        private int most;
        private byte[] kept = {};
        private int size;
        private long length;

        Collector(int most) {
            this.most = most;
        }

        /** From now on so many are kept; never fewer than there are. */
        void keep(int bytes) {
            most = bytes;
        }

        long length() {
            return length;
        }

        int size() {
            return size;
        }

        /** {@return a byte that was kept} */
        byte get(int index) {
            return kept[index];
        }

        /** Takes all that remains; position and limit stay. */
        void take(ByteBuffer bytes) {
            int wanted = Math.max(0, Math.min(bytes.remaining(), most - size));
            if (kept.length < size + wanted) {
                int room = Math.max(size + wanted, Math.min(most, Math.max(FIRST, 2 * kept.length)));
                kept = Arrays.copyOf(kept, room);
            }
            bytes.get(bytes.position(), kept, size, wanted);
            size += wanted;
            length += bytes.remaining();
        }

        /** {@return all so far; the collector is not to be used any more} */
        Excerpt excerpt() {
            return new Excerpt(kept, size, length);
        }
    }
}
