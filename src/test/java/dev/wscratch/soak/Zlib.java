package dev.wscratch.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client's two contexts of permessage-deflate, both with takeover (RFC 7692 7.2). */
final class Zlib implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);

    byte[] compress(byte[] message) {
        deflater.setInput(message);
        byte[] room = new byte[message.length + message.length / 16 + 128];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        // After a flush zlib has nothing to say about no bytes; such a message is one empty block (RFC 7692 7.2.3.6).
        return length == 0 ? new byte[1] : Arrays.copyOf(room, length - TAIL.length);
    }

    byte[] decompress(byte[] payload) throws IOException {
        byte[] whole = Arrays.copyOf(payload, payload.length + TAIL.length);
        System.arraycopy(TAIL, 0, whole, payload.length, TAIL.length);
        inflater.setInput(whole);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] chunk = new byte[16 << 10];
        try {
            for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
                message.write(chunk, 0, n);
            }
        } catch (DataFormatException e) {
            throw new IOException("the server's compressed message is broken", e);
        }
        return message.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
