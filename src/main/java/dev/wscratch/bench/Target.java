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
 * @param suite the only cipher suite to offer, one of TLS 1.3; null for what the context offers
 */
public record Target(
        InetSocketAddress address,
        String resource,
        @Nullable SSLContext tls,
        List<HeaderField> headers,
        @Nullable String suite) {
    /** Refuses no header: {@link dev.wscratch.wire.ClientHandshake} does. */
    public Target {
        headers = List.copyOf(headers);
    }

    /** Without more headers. */
    public Target(InetSocketAddress address, String resource, @Nullable SSLContext tls, @Nullable String suite) {
        this(address, resource, tls, List.of(), suite);
    }
}
