package dev.wscratch.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TCP as it is. */
record PlainLine(SocketChannel channel) implements Line {
    @Override
    public boolean read(ByteBuffer in) throws IOException {
        return channel.read(in) >= 0;
    }

    @Override
    public void write(ByteBuffer out) throws IOException {
        channel.write(out);
    }

    @Override
    public boolean isFlushed() {
        return true;
    }
}
