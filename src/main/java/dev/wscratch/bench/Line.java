package dev.wscratch.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of one connection, plain or through TLS. Does not block once the channel does not. */
sealed interface Line permits PlainLine, TlsLine {
    SocketChannel channel();

    /**
     * Reads what is there, once.
     *
     * @param in cleared; holds what came, not yet flipped
     * @return false at the end of the stream
     */
    boolean read(ByteBuffer in) throws IOException;

    /** Takes as many bytes as the socket does. */
    void write(ByteBuffer out) throws IOException;

    /** Whether bytes that were taken wait for the socket. */
    boolean isFlushed() throws IOException;
}
