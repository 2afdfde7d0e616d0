package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the opening handshake (RFC 6455 section 4.2): is this request a good one?
 *
 * <pre>
 * GET /chat HTTP/1.1                              101 Switching Protocols
 * Host: server.example.com                        Upgrade: websocket
 * Upgrade: websocket                              Connection: Upgrade
 * Connection: Upgrade                   ───▶      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
 * Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
 * Sec-WebSocket-Version: 13
 * </pre>
 *
 * Origin and Host are {@link OriginPolicy}'s to judge, before or after.
 */
public final class Handshake {
    /** The one version (section 4.1, item 9). */
    public static final String VERSION = "13";

    private static final String KEY_HEADER = "Sec-WebSocket-Key";
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";

    private Handshake() {}

    /** What a request turned out to be. */
    public sealed interface Verdict permits Accepted, NotUpgrade, Refusal {}

    /**
     * A good handshake.
     *
     * @param key as it came
     * @param subprotocols what the client offers, best first, each once
     * @param extensions what the client offers, in its order
     */
    public record Accepted(RequestHead head, String key, List<String> subprotocols, List<Extension> extensions)
            implements Verdict {
        public Accepted {
            subprotocols = List.copyOf(subprotocols);
            extensions = List.copyOf(extensions);
        }

        /** The value of {@code Sec-WebSocket-Accept} that answers the key. */
        public String accept() {
            return Accept.of(key);
        }

        /**
         * The answer of section 4.2.2, for a server that writes it itself.
         *
         * @param subprotocol one of those offered, or null for none
         * @param agreed extensions with the parameters that were agreed on
         * @throws IllegalArgumentException if the subprotocol was not offered: the client would have to fail
         */
        public ByteBuffer response(@Nullable String subprotocol, List<Extension> agreed) {
            StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n"
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept() + "\r\n");
            if (subprotocol != null) {
                if (!subprotocols.contains(subprotocol)) {
                    throw new IllegalArgumentException("Expected one of the offered subprotocols " + subprotocols
                            + " or null, got " + HttpSyntax.quote(subprotocol));
                }
                head.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
            }
            if (!agreed.isEmpty()) {
                head.append("Sec-WebSocket-Extensions: ")
                        .append(Extension.format(agreed))
                        .append("\r\n");
            }
            return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** A request that never meant to be a WebSocket: plain HTTP may have it. */
    public record NotUpgrade(RequestHead head) implements Verdict {}

    /** Judges in the order of section 4.2.1. */
    public static Verdict judge(RequestHead head) {
        HeaderFields headers = head.headers();
        boolean upgrade = headers.lists("Upgrade", "websocket");
        if (!upgrade && !headers.hasPrefix("sec-websocket-")) {
            return new NotUpgrade(head);
        }
        Refusal wrong = judgeRequestLine(head);
        if (wrong == null) {
            wrong = judgeUpgrade(headers, upgrade);
        }
        if (wrong == null) {
            wrong = judgeVersion(headers);
        }
        if (wrong == null) {
            wrong = judgeKey(headers);
        }
        return wrong == null ? judgeOffers(head) : wrong;
    }

    private static @Nullable Refusal judgeRequestLine(RequestHead head) {
        if (!head.method().equals("GET")) {
            return methodNotGet(head.method());
        }
        // 505 would say that HTTP/1 as such is not spoken here (RFC 9110 15.6.6); it is, but it cannot upgrade.
        return head.version().equals("HTTP/1.0")
                ? Refusal.of(HandshakeRule.HTTP_VERSION_TOO_OLD, "HTTP/1.1", "HTTP/1.0")
                : null;
    }

    static Refusal methodNotGet(String method) {
        return Refusal.of(HandshakeRule.METHOD_NOT_GET, "GET", HttpSyntax.quote(method))
                .withHeader("Allow", "GET"); // RFC 9110 15.5.6
    }

    private static @Nullable Refusal judgeUpgrade(HeaderFields headers, boolean upgrade) {
        if (!upgrade) {
            // It has a key or a version: somebody on the way took Upgrade off, as proxies do that do not know it.
            return Refusal.of(HandshakeRule.UPGRADE_MISSING, "Upgrade: websocket", shown(headers, "Upgrade"))
                    .withHeader("Upgrade", "websocket") // RFC 9110 15.5.22
                    .withHeader("Connection", "Upgrade");
        }
        return headers.lists("Connection", "upgrade")
                ? null
                : Refusal.of(
                        HandshakeRule.CONNECTION_WITHOUT_UPGRADE, "Connection: Upgrade", shown(headers, "Connection"));
    }

    private static @Nullable Refusal judgeVersion(HeaderFields headers) {
        List<String> versions = headers.values(VERSION_HEADER);
        if (versions.size() > 1) {
            return Refusal.of(HandshakeRule.VERSION_REPEATED, "one " + VERSION_HEADER, versions.size() + " of them");
        }
        if (versions.size() == 1 && versions.get(0).equals(VERSION)) {
            return null;
        }
        return Refusal.of(HandshakeRule.VERSION_NOT_13, VERSION_HEADER + ": 13", shown(headers, VERSION_HEADER))
                .withHeader(VERSION_HEADER, VERSION); // 4.4: the client learns what it may try
    }

    private static @Nullable Refusal judgeKey(HeaderFields headers) {
        List<String> keys = headers.values(KEY_HEADER);
        if (keys.isEmpty()) {
            return Refusal.of(HandshakeRule.KEY_MISSING, "a header " + KEY_HEADER, "none");
        }
        if (keys.size() > 1) {
            return Refusal.of(HandshakeRule.KEY_REPEATED, "one " + KEY_HEADER, keys.size() + " of them");
        }
        return Accept.isKey(keys.get(0))
                ? null
                : Refusal.of(HandshakeRule.KEY_MALFORMED, "base64 of 16 bytes", HttpSyntax.quote(keys.get(0)));
    }

    private static Verdict judgeOffers(RequestHead head) {
        HeaderFields headers = head.headers();
        Optional<List<String>> subprotocols = Subprotocols.parse(headers.values("Sec-WebSocket-Protocol"));
        if (subprotocols.isEmpty()) {
            return Refusal.of(
                    HandshakeRule.SUBPROTOCOLS_MALFORMED,
                    "up to " + Subprotocols.MAX_SUBPROTOCOLS + " names with commas",
                    shown(headers, "Sec-WebSocket-Protocol"));
        }
        Optional<List<Extension>> extensions = Extension.parse(headers.values("Sec-WebSocket-Extensions"));
        if (extensions.isEmpty()) {
            return Refusal.of(
                    HandshakeRule.EXTENSIONS_MALFORMED,
                    "up to " + Extension.MAX_EXTENSIONS + " extensions such as name; parameter=value",
                    shown(headers, "Sec-WebSocket-Extensions"));
        }
        String key = headers.values(KEY_HEADER).get(0);
        return new Accepted(head, key, subprotocols.get(), extensions.get());
    }

    private static String shown(HeaderFields headers, String name) {
        return headers.has(name) ? HttpSyntax.quote(String.join(", ", headers.values(name))) : "none";
    }
}
