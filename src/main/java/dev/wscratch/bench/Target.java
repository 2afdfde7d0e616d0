package dev.wscratch.bench;

import dev.wscratch.wire.HeaderField;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the echo is.
 *
 * @param address of the server, whose name its certificate must have
 * @param resource path and query
 * @param tls whom to trust; null for plain TCP
 * @param headers more lines of the handshake
 * @param subprotocols to offer, best first; a server that then chooses none is refused, as by a browser
 * @param suite the only cipher suite to offer, one of TLS 1.3; null for what the context offers
 */
public record Target(
        InetSocketAddress address,
        String resource,
        @Nullable SSLContext tls,
        List<HeaderField> headers,
        List<String> subprotocols,
        @Nullable String suite) {
    /** Refuses no header and no subprotocol: {@link dev.wscratch.wire.ClientHandshake} does. */
    public Target {
        headers = List.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /** With neither headers nor subprotocols. */
    public Target(InetSocketAddress address, String resource, @Nullable SSLContext tls, @Nullable String suite) {
        this(address, resource, tls, List.of(), List.of(), suite);
    }
}
