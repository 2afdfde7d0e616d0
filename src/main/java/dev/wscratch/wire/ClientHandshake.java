package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the opening handshake (RFC 6455 section 4.1): writes the request, judges the answer.
 *
 * @param host what Host says: a name or an address, with {@code :port} unless it is the scheme's own
 * @param resource path and query, {@code /chat?room=1}: visible ASCII without #
 * @param key 16 random bytes in base64, fresh for each handshake; {@link #newKey} makes one from them
 * @param subprotocols offered, best first
 * @param extensions offered
 * @param headers more lines, such as Origin or Authorization
 * @param subprotocolRequired whether an answer that chooses no subprotocol fails, as it does in browsers when any was
 *     offered
 */
public record ClientHandshake(
        String host,
        String resource,
        String key,
        List<String> subprotocols,
        List<Extension> extensions,
        List<HeaderField> headers,
        boolean subprotocolRequired) {

    /** What the server's answer turned out to be. */
    public sealed interface Verdict permits Established, Failure {}

    /**
     * The connection is a WebSocket now.
     *
     * @param subprotocol what the server chose, or null
     * @param extensions what the server chose; whether their parameters make sense is each extension's question
     */
    public record Established(@Nullable String subprotocol, List<Extension> extensions) implements Verdict {
        public Established {
            extensions = List.copyOf(extensions);
        }
    }

    /**
     * The handshake failed: the client closes the connection, and an API reports 1006.
     *
     * @param rule what the answer broke
     * @param status the answer's status, 0 if it could not be read
     */
    public record Failure(Rule rule, int status, String expected, String actual) implements Verdict, ParsedResponse {}

    /** Refuses what could not be sent, or would let a value begin a header line of its own. */
    public ClientHandshake {
        subprotocols = List.copyOf(subprotocols);
        extensions = List.copyOf(extensions);
        headers = List.copyOf(headers);
        require(Authority.parse(host) != null, "host or host:port", host);
        require(HttpSyntax.isTargetOfAClient(resource), "a path from / on, in visible ASCII without #", resource);
        require(Accept.isKey(key), "a key of 16 bytes in base64", key);
        for (String subprotocol : subprotocols) {
            require(HttpSyntax.isToken(subprotocol), "a subprotocol of token characters", subprotocol);
        }
        String offer = Extension.format(extensions);
        require(
                extensions.isEmpty() || Extension.parse(List.of(offer)).isPresent(),
                "extensions of token characters",
                offer);
        for (HeaderField header : headers) {
            require(HttpSyntax.isToken(header.name()), "a header name", header.name());
            boolean oneLine = header.value().chars().allMatch(c -> HttpSyntax.isValueChar(c) && c < 256);
            // The value may be a secret, and messages end in logs.
            require(oneLine, "a header value on one line, in ISO-8859-1", "another for " + header.name());
        }
    }

    private static void require(boolean holds, String expected, String given) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + expected + ", got " + HttpSyntax.quote(given));
        }
    }

    /**
     * A key from random bytes.
     *
     * @param nonce 16 bytes from a secure source
     */
    public static String newKey(byte[] nonce) {
        require(nonce.length == 16, "16 bytes", nonce.length + " bytes");
        return Base64.getEncoder().encodeToString(nonce);
    }

    /** The request head, ready to be sent. */
    public ByteBuffer request() {
        StringBuilder head = new StringBuilder("GET " + resource + " HTTP/1.1\r\n");
        line(head, "Host", host);
        line(head, "Upgrade", "websocket");
        line(head, "Connection", "Upgrade");
        line(head, "Sec-WebSocket-Key", key);
        line(head, "Sec-WebSocket-Version", Handshake.VERSION);
        if (!subprotocols.isEmpty()) {
            line(head, "Sec-WebSocket-Protocol", String.join(", ", subprotocols));
        }
        if (!extensions.isEmpty()) {
            line(head, "Sec-WebSocket-Extensions", Extension.format(extensions));
        }
        for (HeaderField header : headers) {
            line(head, header.name(), header.value());
        }
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** Judges the answer in the order of section 4.1's last list. */
    public Verdict judge(ResponseHead answer) {
        Failure failure = judgeUpgrade(answer);
        if (failure == null) {
            failure = judgeAccept(answer);
        }
        return failure == null ? judgeChoices(answer) : failure;
    }

    private static Failure failure(ResponseHead answer, ResponseRule rule, String expected, String actual) {
        return new Failure(rule, answer.status(), expected, actual);
    }

    private static @Nullable Failure judgeUpgrade(ResponseHead answer) {
        if (answer.status() != 101) {
            return failure(
                    answer,
                    ResponseRule.STATUS_NOT_101,
                    "101 Switching Protocols",
                    answer.status() + " " + HttpSyntax.quote(answer.reason()));
        }
        String upgrade = String.join(", ", answer.headers().values("Upgrade"));
        if (!upgrade.toLowerCase(Locale.ROOT).equals("websocket")) {
            return failure(answer, ResponseRule.UPGRADE_NOT_WEBSOCKET, "Upgrade: websocket", HttpSyntax.quote(upgrade));
        }
        if (!answer.headers().lists("Connection", "upgrade")) {
            String connection = String.join(", ", answer.headers().values("Connection"));
            return failure(
                    answer, ResponseRule.CONNECTION_NOT_UPGRADE, "Connection: Upgrade", HttpSyntax.quote(connection));
        }
        return null;
    }

    private @Nullable Failure judgeAccept(ResponseHead answer) {
        List<String> accepts = answer.headers().values("Sec-WebSocket-Accept");
        if (accepts.size() != 1) {
            return failure(
                    answer, ResponseRule.ACCEPT_MISSING, "one Sec-WebSocket-Accept", accepts.size() + " of them");
        }
        String expected = Accept.of(key);
        return accepts.get(0).equals(expected)
                ? null
                : failure(answer, ResponseRule.ACCEPT_WRONG, expected, HttpSyntax.quote(accepts.get(0)));
    }

    private Verdict judgeChoices(ResponseHead answer) {
        List<String> chosen = answer.headers().values("Sec-WebSocket-Protocol");
        String all = String.join(", ", chosen);
        if (!chosen.isEmpty() && !subprotocols.contains(all)) {
            return failure(
                    answer,
                    ResponseRule.SUBPROTOCOL_NOT_OFFERED,
                    subprotocols.isEmpty() ? "none" : "one of " + subprotocols,
                    HttpSyntax.quote(all));
        }
        if (chosen.isEmpty() && subprotocolRequired) {
            return failure(answer, ResponseRule.SUBPROTOCOL_MISSING, "one of " + subprotocols, "none");
        }
        return judgeExtensions(answer, chosen.isEmpty() ? null : all);
    }

    private Verdict judgeExtensions(ResponseHead answer, @Nullable String subprotocol) {
        List<String> values = answer.headers().values("Sec-WebSocket-Extensions");
        Optional<List<Extension>> parsed = Extension.parse(values);
        if (parsed.isEmpty()) {
            return failure(
                    answer,
                    ResponseRule.EXTENSIONS_MALFORMED,
                    "extensions such as name; parameter=value",
                    HttpSyntax.quote(String.join(", ", values)));
        }
        List<String> offered = new ArrayList<>();
        extensions.forEach(e -> offered.add(e.name()));
        for (Extension extension : parsed.get()) {
            if (!offered.contains(extension.name())) {
                return failure(
                        answer,
                        ResponseRule.EXTENSION_NOT_OFFERED,
                        offered.isEmpty() ? "none" : "one of " + offered,
                        HttpSyntax.quote(extension.name()));
            }
        }
        return new Established(subprotocol, parsed.get());
    }
}
