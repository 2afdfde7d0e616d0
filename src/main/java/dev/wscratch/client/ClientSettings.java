package dev.wscratch.client;

import dev.wscratch.transport.ClientCompression;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeaderField;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link WebSocket} may do beyond a browser's; {@link WebSocketBuilder} has the words for each.
 *
 * @param tls null for the JVM's own
 * @param proxy null for none
 * @param redirects how many to follow
 * @param extensions what is offered, best first
 * @param frames null for nobody
 */
record ClientSettings(
        List<HeaderField> headers,
        @Nullable SSLContext tls,
        @Nullable Proxy proxy,
        Duration handshakeDeadline,
        Duration closeDeadline,
        Executor executor,
        int maxMessage,
        long maxBuffered,
        int redirects,
        List<Extension> extensions,
        @Nullable FrameTap frames) {
    /** More than this is no redirect but a loop; browsers stop there too (Fetch section 4.4). */
    static final int MOST_REDIRECTS = 20;

    /** What Tyrus can hold in one array, with room for a header. */
    static final int LARGEST_MESSAGE = 1 << 30;

    /** Those that the handshake itself writes, RFC 6455 section 4.1, and those that would announce a body. */
    private static final Set<String> RESERVED =
            Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding");

    static final ClientSettings DEFAULT = new ClientSettings(
            List.of(),
            null,
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            SharedTransport.handlers(),
            16 << 20,
            64L << 20,
            0,
            List.of(ClientCompression.USUAL.toExtension()),
            null);

    ClientSettings {
        headers = List.copyOf(headers);
        extensions = List.copyOf(extensions);
        for (HeaderField header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            require(
                    !RESERVED.contains(name) && !name.startsWith("sec-websocket-"),
                    "header",
                    "one that the handshake does not write itself",
                    header.name());
        }
        requireDeadline("handshakeDeadline", handshakeDeadline);
        requireDeadline("closeDeadline", closeDeadline);
        require(
                maxMessage >= 1 && maxMessage <= LARGEST_MESSAGE,
                "maxMessage",
                "1 to " + LARGEST_MESSAGE + " bytes",
                maxMessage);
        require(maxBuffered >= 1, "maxBuffered", "at least 1 byte", maxBuffered);
        require(redirects >= 0 && redirects <= MOST_REDIRECTS, "followRedirects", "0 to " + MOST_REDIRECTS, redirects);
    }

    private static void requireDeadline(String name, Duration deadline) {
        boolean fits = !deadline.isNegative() && !deadline.isZero() && deadline.compareTo(Duration.ofDays(1)) <= 0;
        require(fits, name, "more than zero, at most a day", deadline);
    }

    private static void require(boolean holds, String name, String expected, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", got " + got);
        }
    }
}
