package dev.wscratch.bench;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the echo is.
 *
 * @param address of the server
 * @param resource path and query
 * @param tls whom to trust; null for plain TCP
 */
public record Target(InetSocketAddress address, String resource, @Nullable SSLContext tls) {}
