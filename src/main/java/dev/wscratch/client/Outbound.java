package dev.wscratch.client;

import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.transport.ClientCompression;
import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Masking;
import dev.wscratch.wire.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Where Tyrus writes its frames, on their way to the wire: compressed, shown to the tap, and masked in bulk, since Tyrus
 * masks byte by byte. It is told to mask with the key 0, which changes nothing, and the key is chosen here. Tyrus's wish
 * to close is the {@link Link}'s to fulfil.
 */
final class Outbound extends Writer {
    /** RFC 6455 section 5.3: masking keys must not be predictable. */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Bytes of pongs that may wait: a server that pings and does not read would fill the memory. */
    private static final int MAX_PONG_BYTES = 64 << 10;

    private final Link link;
    private final @Nullable ClientCompression compression;
    private final @Nullable FrameTap tap;
    private final AtomicInteger pongs = new AtomicInteger();

    Outbound(Link link, @Nullable ClientCompression compression, @Nullable FrameTap tap) {
        this.link = link;
        this.compression = compression;
        this.tap = tap;
    }

    /** Data frames come under the link's lock, so that they leave in the order in which they are compressed. */
    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
        if (link.isFinished()) {
            // Tyrus says goodbye to a connection that is gone.
            failed(handler, new IOException("the connection has ended"));
            return;
        }
        boolean pong = Opcode.of(frame.get(frame.position())) == Opcode.PONG;
        int size = pong ? frame.remaining() : 0;
        // Of pongs only: another thread's pong may stand above the bound for a moment, and no message is to be lost by
        // it.
        if (pong && pongs.addAndGet(size) > MAX_PONG_BYTES) {
            // RFC 6455 section 5.5.3 lets a pong be left out when more pings have come than can be answered.
            pongs.addAndGet(-size);
            completed(handler, frame);
            return;
        }
        ByteBuffer travelling = compression == null ? frame : compression.compress(frame);
        mask(travelling);
        link.write(
                travelling,
                () -> {
                    pongs.addAndGet(-size);
                    completed(handler, frame);
                },
                failure -> failed(handler, failure));
    }

    /**
     * Sends one message in pieces of almost the same length.
     *
     * @param done runs when the last one has left
     */
    void message(Opcode opcode, ByteBuffer data, int frames, Runnable done) {
        int size = data.remaining();
        for (int i = 0; i < frames; i++) {
            int from = (int) ((long) size * i / frames);
            int to = (int) ((long) size * (i + 1) / frames);
            boolean last = i == frames - 1;
            Opcode here = i == 0 ? opcode : Opcode.CONTINUATION;
            frame(last, here, data.slice(data.position() + from, to - from), last ? done : () -> {});
        }
    }

    /** Sends a frame of our own, uncompressed; {@code done} runs when it has left. */
    void frame(boolean fin, Opcode opcode, ByteBuffer payload, Runnable done) {
        // Key 0 changes nothing: the real one is chosen below.
        FrameHeader header = new FrameHeader(fin, false, false, false, opcode, true, 0, payload.remaining());
        ByteBuffer frame = FrameSerialiser.frame(header, payload);
        mask(frame);
        // That it could not be written is told by the end of TCP.
        link.write(frame, done, failure -> {});
    }

    private static void failed(@Nullable CompletionHandler<ByteBuffer> handler, Throwable failure) {
        if (handler != null) {
            handler.failed(failure);
        }
    }

    private static void completed(@Nullable CompletionHandler<ByteBuffer> handler, ByteBuffer frame) {
        if (handler != null) {
            handler.completed(frame);
        }
    }

    /**
     * Puts a fresh key into a frame whose key is 0.
     *
     * @param frame whole; position and limit stay
     */
    void mask(ByteBuffer frame) {
        int at = frame.position();
        int length = frame.get(at + 1) & 0x7F;
        int keyAt = at + (length <= 125 ? 2 : length == 126 ? 4 : 10);
        int key = RANDOM.nextInt();
        if (tap != null) {
            show(frame, keyAt, key);
        }
        for (int i = 0; i < 4; i++) {
            frame.put(keyAt + i, (byte) (key >> (24 - 8 * i)));
        }
        Masking.apply(frame, keyAt + 4, frame.limit(), key, 0);
    }

    private void show(ByteBuffer frame, int keyAt, int key) {
        int first = frame.get(frame.position());
        Opcode opcode = Opcode.of(first);
        FrameTap watching = tap;
        if (watching == null || opcode == null) {
            return;
        }
        byte[] payload = new byte[frame.limit() - keyAt - 4];
        frame.get(keyAt + 4, payload);
        FrameHeader header = new FrameHeader(
                (first & 0x80) != 0, (first & 0x40) != 0, false, false, opcode, true, key, payload.length);
        watching.frame(new PassingFrame(true, header, ByteBuffer.wrap(payload)));
    }

    /** {@return a Close frame, ready to travel} */
    ByteBuffer close(dev.wscratch.wire.CloseReason reason) {
        ByteBuffer frame = FrameSerialiser.maskedClose(reason, 0);
        mask(frame);
        return frame;
    }

    @Override
    public void close() {
        // The link ends TCP when the closing handshake is over.
    }
}
