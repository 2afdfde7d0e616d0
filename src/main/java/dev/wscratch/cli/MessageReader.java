package dev.wscratch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The messages of a stream: bytes up to a newline, before which one CR is left out, or up to a NUL. */
final class MessageReader {
    private final InputStream in;
    private final char end;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int limit;

    MessageReader(InputStream in, char end) {
        this.in = in;
        this.end = end;
    }

    /** {@return the next message, or null at the end; the last one needs no end of its own} */
    byte @Nullable [] next() throws IOException {
        if (!fill()) {
            return null;
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (fill()) {
            int start = position;
            while (position < limit && buffer[position] != end) {
                position++;
            }
            message.write(buffer, start, position - start);
            if (position < limit) {
                position++;
                return withoutCr(message.toByteArray());
            }
        }
        return message.toByteArray();
    }

    /** False at the end. */
    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return limit > 0;
    }

    private byte[] withoutCr(byte[] line) {
        int last = line.length - 1;
        return end == '\n' && last >= 0 && line[last] == '\r' ? java.util.Arrays.copyOf(line, last) : line;
    }
}
