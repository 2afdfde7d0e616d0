package dev.wscratch.peer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client's half of permessage-deflate (RFC 7692), which shares no code with the server but zlib. */
public final class Zlib implements AutoCloseable {
    private final Deflater deflater;
    private final Inflater inflater = new Inflater(true);
    private final boolean contextTakeover;
    private final byte[] chunk = new byte[64 << 10];

    /** With context takeover in both directions. */
    public Zlib() {
        this(true);
    }

    public Zlib(boolean contextTakeover) {
        this(contextTakeover, Deflater.BEST_COMPRESSION);
    }

    /** With one of {@link Deflater}'s levels. */
    public Zlib(boolean contextTakeover, int level) {
        this.contextTakeover = contextTakeover;
        this.deflater = new Deflater(level, true);
    }

    /** The payload of a message. */
    public byte[] deflate(byte[] message) {
        if (message.length == 0) {
            return new byte[1]; // Section 7.2.3.6; a flush of nothing would put out nothing.
        }
        if (!contextTakeover) {
            deflater.reset();
        }
        deflater.setInput(message);
        byte[] out = new byte[message.length + message.length / 8 + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }

    /** The message of a payload. */
    public byte[] inflate(byte[] payload) throws DataFormatException {
        if (!contextTakeover) {
            inflater.reset();
        }
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        whole[payload.length + 2] = whole[payload.length + 3] = (byte) 0xFF;
        inflater.setInput(whole);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
            message.write(chunk, 0, n);
        }
        return message.toByteArray();
    }

    /**
     * A kilobyte of payload for each mebibyte of zeros: no distance goes back over a full flush, so the same bytes can
     * follow each other.
     */
    public static byte[] bomb(int mebibytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] one = new byte[4096];
        int length = deflater.deflate(one, 0, one.length, Deflater.FULL_FLUSH);
        deflater.end();
        byte[] all = new byte[length * mebibytes + 1];
        for (int i = 0; i < mebibytes; i++) {
            System.arraycopy(one, 0, all, i * length, length);
        }
        return all;
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
