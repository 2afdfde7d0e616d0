package dev.wscratch.soak;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One of the server's two ports.
 *
 * @param name {@code ws} or {@code wss}
 * @param port on loopback
 * @param tls sockets that trust the server; null for the plain port
 */
record Door(String name, int port, SSLSocketFactory tls) {
    /** The TCP connection, and the TLS one if need be. */
    RawPeer connect() throws IOException {
        if (tls == null) {
            return RawPeer.connect(port);
        }
        Socket below = new Socket();
        below.setTcpNoDelay(true);
        below.setSoTimeout(10_000);
        below.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        return RawPeer.over(tls.createSocket(below, "localhost", port, true));
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
