package dev.wscratch.soak;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/**
 * One of the server's two ports.
 *
 * @param name {@code ws} or {@code wss}
 * @param port on loopback
 * @param trust of the server's certificate; null for the plain port
 */
record Door(String name, int port, SSLContext trust) {
    /** The TCP connection, and the TLS one if need be. */
    RawPeer connect() throws IOException {
        return trust == null ? RawPeer.connect(port) : RawPeer.connect(port, 0, trust, null);
    }

    /** Connected and upgraded. */
    RawPeer open(String path, String... headers) throws IOException {
        RawPeer peer = connect();
        String head = peer.handshake(path, headers);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            peer.close();
            throw new IOException("expected 101 for " + path + ", got: " + head);
        }
        return peer;
    }
}
