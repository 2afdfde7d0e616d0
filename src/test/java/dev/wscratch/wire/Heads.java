package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Request heads as text: one line per line, {@code \n} standing for CR LF. */
final class Heads {
    /** RFC 6455 section 1.3. */
    static final String OF_THE_RFC =
            """
            GET /chat HTTP/1.1
            Host: server.example.com
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Origin: http://example.com
            Sec-WebSocket-Protocol: chat, superchat
            Sec-WebSocket-Version: 13
            """;

    private Heads() {}

    /** The bytes of a head: CR LF at the end of each line, and the empty line at the end. */
    static ByteBuffer bytes(String lines) {
        return raw(lines.strip().replace("\n", "\r\n") + "\r\n\r\n");
    }

    /** The bytes as they stand. */
    static ByteBuffer raw(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static ParsedRequest parse(String lines) {
        return RequestHead.parse(bytes(lines), HeadLimits.DEFAULT);
    }

    /** A head that must be well-formed. */
    static RequestHead head(String lines) {
        ParsedRequest result = parse(lines);
        if (result instanceof RequestHead head) {
            return head;
        }
        throw new AssertionError(result);
    }

    /** What must be a refusal, of the grammar or of the handshake. */
    static Refusal refusal(String lines) {
        ParsedRequest result = parse(lines);
        if (result instanceof Refusal refusal) {
            return refusal;
        }
        if (Handshake.judge((RequestHead) result) instanceof Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused: " + lines);
    }
}
