package dev.wscratch.cli;

import dev.wscratch.client.FrameTap;
import dev.wscratch.client.WebSocket;
import dev.wscratch.client.WebSocketBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How {@code connect} comes to its connection.
 *
 * @param url with a scheme
 * @param trust whom {@code wss} trusts, and who we are
 * @param headers lines such as {@code Cookie: a=b}
 * @param subprotocols to offer
 * @param extensions to offer, or null for the client's own
 * @param proxy to go through, or null for none
 * @param timeout until the connection is open; null for the client's own
 * @param reconnects how many attempts to make to come back, 0 for none
 */
record Dialling(
        String url,
        Trust.Settings trust,
        List<String> headers,
        List<String> subprotocols,
        @Nullable List<String> extensions,
        @Nullable URI proxy,
        @Nullable Duration timeout,
        int reconnects) {
    /** What stands for any number of attempts. */
    static final int FOR_EVER = Integer.MAX_VALUE;

    Dialling to(String otherUrl) {
        return new Dialling(otherUrl, trust, headers, subprotocols, extensions, proxy, timeout, reconnects);
    }

    /**
     * All of it as the client has it.
     *
     * @param tls of {@link #trust}
     * @param tap sees what passes; null for nobody
     * @throws IllegalArgumentException if something is no good
     */
    WebSocketBuilder builder(@Nullable SSLContext tls, @Nullable FrameTap tap) {
        WebSocketBuilder builder = WebSocket.builder(url).tls(tls).subprotocols(subprotocols.toArray(new String[0]));
        for (String header : headers) {
            int colon = header.indexOf(':');
            builder.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        if (extensions != null) {
            builder.extensions(extensions.toArray(new String[0]));
        }
        if (proxy != null) {
            builder.proxy(proxy);
        }
        if (timeout != null) {
            builder.handshakeDeadline(timeout);
        }
        if (tap != null) {
            builder.frames(tap);
        }
        return builder;
    }
}
