package dev.wscratch.bench;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the echo is.
 *
 * @param address of the server, whose name its certificate must have
 * @param resource path and query
 * @param tls whom to trust; null for plain TCP
 * @param suite the only cipher suite to offer, one of TLS 1.3; null for what the context offers
 */
public record Target(InetSocketAddress address, String resource, @Nullable SSLContext tls, @Nullable String suite) {}
