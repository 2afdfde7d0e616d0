package dev.wscratch.inspect;

import dev.wscratch.wire.FrameRule;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction into frames by nothing but their announced lengths (RFC 6455 section 5.2), so that frames are shown
 * which no receiver would take; what is wrong with them its {@link FrameJudge} says.
 *
 * <p>Belongs to one thread at a time.
 */
final class FrameSplitter implements AutoCloseable {
    /** Is told each frame. */
    @FunctionalInterface
    interface Frames {
        void frame(Excerpt bytes, boolean cut, @Nullable FrameRule broken, @Nullable Excerpt inflated);
    }

    private final FrameJudge judge;
    private final int mostPayload;
    private final Frames frames;

    /** The frame under way. */
    private Excerpt.Collector kept;

    /** Where it began, in bytes since the first. */
    private long frameOffset;

    /** 2 until the second byte has come. */
    private int headerLength = 2;

    /** Bytes of payload that have not come; counted down once the header is whole. */
    private long left;

    private long count;

    FrameSplitter(FrameJudge judge, int mostPayload, Frames frames) {
        this.judge = judge;
        this.mostPayload = mostPayload;
        this.frames = frames;
        this.kept = begin();
    }

    private Excerpt.Collector begin() {
        headerLength = 2;
        left = 0;
        return new Excerpt.Collector(headerLength);
    }

    /** {@return how many frames there were} */
    long count() {
        return count;
    }

    /** Takes all that remains. */
    void take(ByteBuffer in) {
        int from = in.position();
        while (in.hasRemaining()) {
            if (kept.length() < headerLength) {
                header(in);
            } else {
                payload(in);
            }
            if (kept.length() >= headerLength && left == 0) {
                judge.take(in.slice(from, in.position() - from));
                from = in.position();
                end(false);
            }
        }
        judge.take(in.slice(from, in.position() - from));
    }

    private void header(ByteBuffer in) {
        ByteBuffer one = in.slice(in.position(), 1);
        in.position(in.position() + 1);
        kept.take(one);
        if (kept.size() == 2) {
            int second = kept.get(1);
            int sevenBits = second & 0x7F;
            headerLength = 2 + (sevenBits < 126 ? 0 : sevenBits == 126 ? 2 : 8) + (second < 0 ? 4 : 0);
            kept.keep(headerLength + mostPayload);
        }
        if (kept.size() == headerLength) {
            left = payloadLength();
        }
    }

    /** As announced; a length with its highest bit set, which nobody can send, is as good as endless. */
    private long payloadLength() {
        int sevenBits = kept.get(1) & 0x7F;
        if (sevenBits < 126) {
            return sevenBits;
        }
        long length = 0;
        for (int i = 2; i < (sevenBits == 126 ? 4 : 10); i++) {
            length = length << 8 | (kept.get(i) & 0xFF);
        }
        return length < 0 ? Long.MAX_VALUE : length;
    }

    private void payload(ByteBuffer in) {
        int size = (int) Math.min(left, in.remaining());
        kept.take(in.slice(in.position(), size));
        in.position(in.position() + size);
        left -= size;
    }

    private void end(boolean cut) {
        count++;
        frames.frame(kept.excerpt(), cut, judge.broken(frameOffset), judge.takeInflated());
        frameOffset += kept.length();
        kept = begin();
    }

    /** No more will come: tells the frame that has not come whole. */
    void end() {
        if (kept.length() > 0) {
            end(true);
        }
        close();
    }

    @Override
    public void close() {
        judge.close();
    }
}
