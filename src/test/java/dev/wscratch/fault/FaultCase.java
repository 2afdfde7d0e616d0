package dev.wscratch.fault;

import dev.wscratch.peer.RawPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a fault puts on the wire, byte for byte, once it was asked with the key of RFC 6455 section 1.3.
 *
 * @param path and query
 * @param sends what the client sends after the handshake: {@code text:…}, {@code ping:…} or {@code close:…}
 * @param bytes everything that the server sends, the head as text and the frames as hex; {@code 2e*126} repeats a byte
 * @param end what the server does after that
 */
public record FaultCase(String path, List<String> sends, String head, String bytes, End end) {
    /** What follows the bytes. */
    public enum End {
        /** A Close frame is answered, and TCP ends. */
        ANSWERS_CLOSE,
        /** A Close frame ends TCP and is not answered: the server has sent its own before. */
        ENDS_ON_CLOSE,
        /** TCP ends by FIN. */
        CLOSES,
        /** TCP ends by FIN, over TLS without its close_notify. */
        CUTS,
        /** TCP ends by RST. */
        RESETS,
        /** Nothing, for longer than a test waits. */
        STAYS
    }

    private static final Pattern REPEATED = Pattern.compile("([0-9a-f]{2})\\*([0-9]+)");

    /** The answer to the handshake when nothing is wrong with it. */
    public static final String GOOD = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "Sec-WebSocket-Protocol: chat.v1",
            "",
            "");

    private static final String BARE = GOOD.replace("Sec-WebSocket-Protocol: chat.v1\r\n", "");

    static final String DEFLATE = GOOD.substring(0, GOOD.length() - 2)
            + "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            + "\r\n\r\n";

    /** What every client here offers. */
    public static final List<String> OFFERS =
            List.of("Sec-WebSocket-Protocol: chat.v1, chat.v2", "Sec-WebSocket-Extensions: permessage-deflate");

    private static final String HELLO = " 48 65 6c 6c 6f";

    public static List<FaultCase> all() {
        return List.of(
                opened("bad-accept", BARE.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "ICX+Yqv66kxgM0FcWaLWlFLwTAI=")),
                opened("missing-header", BARE.replaceAll("Sec-WebSocket-Accept: .*\r\n", "")),
                opened("missing-header/upgrade", BARE.replace("Upgrade: websocket\r\n", "")),
                opened("missing-header?header=connection", BARE.replace("Connection: Upgrade\r\n", "")),
                answer(
                        "status/401?header=WWW-Authenticate:%20Basic&body=who%3F",
                        "401", "WWW-Authenticate: Basic\r\n", "who?"),
                answer("status", "503", "Retry-After: 1\r\n", "refused as asked"),
                answer("redirect", "302", "Location: /fault/redirect\r\n", ""),
                answer("redirect/308?to=ws://127.0.0.1:1/", "308", "Location: ws://127.0.0.1:1/\r\n", ""),
                frames("slow-head?rate=2000", ""),
                new FaultCase("stuck-head/30?for=100ms", List.of(), GOOD.substring(0, 30), "", End.CLOSES),
                new FaultCase("stuck-head/0?for=0ms", List.of(), "", "", End.CLOSES),
                new FaultCase(
                        "endless-head?rate=350&for=300ms",
                        List.of(),
                        "HTTP/1.1 101 Switching Protocols\r\n" + "X-Endless: still not the last line\r\n".repeat(2),
                        "",
                        End.CLOSES),
                new FaultCase("not-http", List.of(), "SSH-2.0-wscratch\r\n\r\n", "", End.CLOSES),
                opened("subprotocol", GOOD.replace("chat.v1", "unoffered.wscratch")),
                opened("subprotocol/none", BARE),
                opened("subprotocol/two", good("Sec-WebSocket-Protocol: chat.v2")),
                frames("rsv", "c1 05" + HELLO),
                frames("rsv/2", "a1 05" + HELLO),
                frames("rsv/3", "91 05" + HELLO),
                frames("opcode3", "83 05" + HELLO),
                frames("opcode/15", "8f 05" + HELLO),
                frames("masked", "81 85 37 fa 21 3d 7f 9f 4d 51 58"),
                frames("big-ping", "89 7e 00 7e 2e*126"),
                frames("big-control/close?size=65536", "88 7f 00 00 00 00 00 01 00 00 03 e8 2e*65534"),
                frames("fragmented-control", "09 02 03 e8"),
                frames("fragmented-control/close", "08 02 03 e8"),
                frames("bad-utf8", "81 05 43 61 66 c3 28"),
                frames("bad-utf8/split", "01 04 43 61 66 c3 80 01 28"),
                frames("bad-utf8/cut", "81 04 43 61 66 c3"),
                frames("bad-utf8/overlong", "81 02 c0 af"),
                frames("bad-utf8/surrogate", "81 03 ed a0 80"),
                frames("bare-continuation", "80 05" + HELLO),
                frames("interrupted", "01 05" + HELLO + " 81 05" + HELLO + " 80 05" + HELLO),
                frames("length", "81 7e 00 05" + HELLO),
                frames("length/not-minimal-64", "81 7f 00 00 00 00 00 00 00 05" + HELLO),
                frames("length/high-bit", "81 7f 80 00 00 00 00 00 00 05" + HELLO),
                closed("close", "88 02 03 e8"),
                closed("close/4001?reason=bye&delay=50ms", "88 05 0f a1 62 79 65"),
                closed("close/1006", "88 02 03 ee"),
                new FaultCase(
                        "close/1001?messages=2",
                        List.of("text:a", "text:b"),
                        GOOD,
                        "81 01 61 81 01 62 88 02 03 e9",
                        End.ENDS_ON_CLOSE),
                closed("close-empty", "88 00"),
                closed("bad-close", "88 01 03"),
                closed("bad-close/bad-utf8", "88 04 03 e8 c3 28"),
                closed("data-after-close?count=2", "88 02 03 e8 81 05" + HELLO + " 81 05" + HELLO),
                new FaultCase("no-close?for=300ms", List.of("text:a", "close:1000"), GOOD, "81 01 61", End.CLOSES),
                new FaultCase(
                        "no-fin?for=1m", List.of("text:a", "close:1000"), GOOD, "81 01 61 88 02 03 e8", End.STAYS),
                new FaultCase("tcp", List.of(), GOOD, "", End.CLOSES),
                new FaultCase("tcp/cut", List.of(), GOOD, "", End.CUTS),
                new FaultCase("tcp/reset", List.of(), GOOD, "", End.RESETS),
                new FaultCase("tcp/half-close", List.of(), GOOD, "", End.CLOSES),
                new FaultCase("mid-frame", List.of("ping:x"), GOOD, "81 7e 03 e8" + HELLO, End.STAYS),
                new FaultCase("mid-frame/fin", List.of(), GOOD, "81 7e 03 e8" + HELLO, End.CLOSES),
                new FaultCase("mid-frame/cut", List.of(), GOOD, "81 7e 03 e8" + HELLO, End.CUTS),
                new FaultCase(
                        "mid-frame/reset?announced=4611686018427387904",
                        List.of(),
                        GOOD,
                        "81 7f 40 00 00 00 00 00 00 00" + HELLO,
                        End.RESETS),
                new FaultCase("silent", List.of("text:a", "ping:x", "close:1000"), GOOD, "", End.STAYS),
                new FaultCase("silent?for=50ms", List.of(), GOOD, "", End.CLOSES),
                new FaultCase("deaf?for=50ms", List.of(), GOOD, "", End.CLOSES),
                new FaultCase("ignored-pings", List.of("ping:x", "text:a"), GOOD, "81 01 61", End.ANSWERS_CLOSE),
                new FaultCase(
                        "no-pong?every=20ms&timeout=40ms",
                        List.of(),
                        GOOD,
                        "89 0e 61 72 65 20 79 6f 75 20 74 68 65 72 65 3f 89 0e 61 72 65 20 79 6f 75 20 74 68 65 72 65"
                                + " 3f 88 15 0b c0 6e 6f 20 70 6f 6e 67 20 77 69 74 68 69 6e 20 34 30 6d 73",
                        End.ENDS_ON_CLOSE),
                closed("ping-flood?count=3&size=1", "89 01 00 89 01 00 89 01 00 88 02 03 e8"),
                new FaultCase(
                        "unsolicited-pong?count=2",
                        List.of("text:a"),
                        GOOD,
                        "8a 04 70 6f 6e 67 81 01 61 8a 04 70 6f 6e 67",
                        End.ANSWERS_CLOSE),
                frames("ping/hi?count=1", "01 03 48 65 6c 89 02 68 69 80 02 6c 6f"),
                echo("fragmented-echo", "text:Hey", "01 01 48 00 01 65 80 01 79"),
                echo("fragmented-echo/2", "text:Hey", "01 02 48 65 80 01 79"),
                echo("slow-echo/100", "text:Hey", "81 03 48 65 79"),
                echo("late-echo?delay=20ms&jitter=20ms", "text:Hey", "81 03 48 65 79"),
                echo("wrong-echo", "text:Hey", "81 03 48 65 79 81 03 48 65 79"),
                echo("wrong-echo/type", "text:Hey", "82 03 48 65 79"),
                echo("wrong-echo/truncate", "text:Heyday", "81 03 48 65 79"),
                new FaultCase(
                        "wrong-echo/drop",
                        List.of("text:a", "text:b", "text:c"),
                        GOOD,
                        "81 01 61 81 01 63",
                        End.ANSWERS_CLOSE),
                opened("deflate-answer", good("Sec-WebSocket-Extensions: permessage-deflate; x-unknown")),
                opened("deflate-answer/unoffered", good("Sec-WebSocket-Extensions: x-unoffered")),
                opened(
                        "deflate-answer/bad-window",
                        good("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16")),
                opened(
                        "deflate-answer/twice",
                        good("Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate")),
                deflated("deflate-data", "c1 03 06 00 00"),
                deflated("deflate-data/rsv1-continuation", "41 03 f2 48 cd c0 04 c9 c9 07 00"),
                deflated("deflate-data/rsv1-ping", "c9 00"),
                deflated("deflate-data/final-block", "c1 08 f3 48 cd c9 c9 07 00 00"),
                deflated(
                        "bomb/1",
                        HexFormat.ofDelimiter(" ")
                                .formatHex(DeflateFaults.bomb(1).array())));
    }

    private static String good(String more) {
        return GOOD.substring(0, GOOD.length() - 2) + more + "\r\n\r\n";
    }

    private static FaultCase opened(String path, String head) {
        return new FaultCase(path, List.of("text:a"), head, "81 01 61", End.ANSWERS_CLOSE);
    }

    private static FaultCase answer(String path, String status, String header, String body) {
        return new FaultCase(
                path,
                List.of(),
                "HTTP/1.1 " + status + " As Asked\r\n" + header + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "X-Content-Type-Options: nosniff\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body,
                "",
                End.CLOSES);
    }

    private static FaultCase frames(String path, String bytes) {
        return new FaultCase(path, List.of(), GOOD, bytes, End.ANSWERS_CLOSE);
    }

    private static FaultCase deflated(String path, String bytes) {
        return new FaultCase(path, List.of(), DEFLATE, bytes, End.ANSWERS_CLOSE);
    }

    private static FaultCase closed(String path, String bytes) {
        return new FaultCase(path, List.of(), GOOD, bytes, End.ENDS_ON_CLOSE);
    }

    private static FaultCase echo(String path, String sends, String bytes) {
        return new FaultCase(path, List.of(sends), GOOD, bytes, End.ANSWERS_CLOSE);
    }

    /** The client's frames, masked. */
    public byte[] clientBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        sends.forEach(send -> all.writeBytes(frame(send)));
        return all.toByteArray();
    }

    /** One frame of the client's: {@code text:…}, {@code ping:…}, {@code close:…}. */
    public static byte[] frame(String send) {
        String value = send.substring(send.indexOf(':') + 1);
        byte[] payload = value.getBytes(StandardCharsets.UTF_8);
        if (send.startsWith("close:")) {
            int code = Integer.parseInt(value);
            return RawPeer.frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
        }
        return RawPeer.frame(send.startsWith("ping:") ? 0x89 : 0x81, payload);
    }

    /** Head and frames. */
    public byte[] expected() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        String hex =
                REPEATED.matcher(bytes).replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
        all.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return path;
    }
}
