package dev.wscratch.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The session of a connection that its page may ask the server to do something to. */
public interface Peer {
    /**
     * Sends a Ping.
     *
     * @param payload at most 125 bytes
     * @throws IOException when the connection is gone
     */
    void ping(ByteBuffer payload) throws IOException;

    /**
     * Sends a text message in as many frames.
     *
     * @param parts at least one
     * @throws IOException when the connection is gone
     */
    void sendText(List<String> parts) throws IOException;

    /**
     * Sends a binary message in as many frames.
     *
     * @param parts at least one
     * @throws IOException when the connection is gone
     */
    void sendBinary(List<ByteBuffer> parts) throws IOException;

    /**
     * Begins the closing handshake.
     *
     * @param code that a server may send
     * @param reason at most 123 bytes of UTF-8
     * @throws IOException when the connection is gone
     */
    void close(int code, String reason) throws IOException;
}
