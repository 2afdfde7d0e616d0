package dev.wscratch.peer;

import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Request heads as values, for what is tested without a connection. */
public final class Requests {
    private Requests() {}

    /** A GET with these further header lines. */
    public static RequestHead get(String target, String... headers) {
        return of("GET", target, headers);
    }

    /** A request to {@code localhost} with these further header lines. */
    public static RequestHead of(String method, String target, String... headers) {
        if (RequestHead.parse(ByteBuffer.wrap(bytes(method, target, headers)), HeadLimits.DEFAULT)
                instanceof RequestHead head) {
            return head;
        }
        throw new AssertionError("not a request head: " + method + " " + target);
    }

    /** The same as it is on the wire. */
    public static byte[] bytes(String method, String target, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A right opening handshake, with these further header lines. */
    public static byte[] handshake(String target, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Upgrade: websocket";
        all[1] = "Connection: Upgrade";
        all[2] = "Sec-WebSocket-Version: 13";
        all[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        System.arraycopy(headers, 0, all, 4, headers.length);
        return bytes("GET", target, all);
    }
}
