package dev.wscratch.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens blocking connections, plain or over TLS, within a deadline.
 *
 * @param host a name, or an address (an IPv6 one without brackets)
 * @param port 1 to 65535
 * @param tls whom to trust; null for a plain connection
 * @param deadline for each address of the host, and for TLS's handshake, each on its own
 */
public record Dialer(String host, int port, @Nullable SSLContext tls, Duration deadline) {
    /** Refuses a port or a deadline that no connection can have. */
    public Dialer {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 1 to 65535, got " + port);
        }
        if (deadline.toMillis() < 1 || deadline.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("deadline: expected 1 ms to 24 days, got " + deadline);
        }
    }

    /**
     * Tries the host's addresses in their order; over TLS the certificate must be the host's, if {@code tls} checks that.
     *
     * @return connected, with Nagle's delay switched off and no read timeout
     * @throws IOException the last address's failure, or TLS's
     */
    public Socket dial() throws IOException {
        Socket plain = connect();
        if (tls == null) {
            return plain;
        }
        try {
            return secure(plain, tls);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        IOException last = new UnknownHostException(host);
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), (int) deadline.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private Socket secure(Socket plain, SSLContext context) throws IOException {
        plain.setSoTimeout((int) deadline.toMillis());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 6455 section 3: as https does
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        socket.setSoTimeout(0);
        return socket;
    }
}
