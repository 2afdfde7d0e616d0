package dev.wscratch.client;

import java.util.List;
import java.util.Map;

/** The lives that {@link ParityIT} compares, and every difference that there is between a browser and us. */
final class Scenarios {
    private static final String ABRUPT = "TCP ends without a Close frame";
    private static final String BEHIND = "Data behind the server's Close frame";
    private static final String UNREGISTERED = "A close code that nobody has registered, 1016 to 2999";
    private static final String ENDLESS = "A frame announced longer than any message may be";
    private static final List<String> ECHO_1006 =
            List.of("open OPEN '' ''", "message 'x' OPEN", "close 1006 '' false CLOSED");
    private static final List<String> ECHO_FAILED =
            List.of("open OPEN '' ''", "message 'x' OPEN", "error CLOSED", "close 1006 '' false CLOSED");

    private static final List<String> CLOSED_1006 = List.of("open OPEN '' ''", "close 1006 '' false CLOSED");
    private static final List<String> FAILED = List.of("open OPEN '' ''", "error CLOSED", "close 1006 '' false CLOSED");

    private Scenarios() {}

    /** Where Chromium does not read a URL as the standard says: it escapes | in a path, and takes a blank in a host. */
    static final Map<String, String> URLS_IN_CHROMIUM = Map.of(
            "ws://127.0.0.1:1/é \"<>`{}|[]%zz?é '\"<>|",
            "ws://127.0.0.1:1/%C3%A9%20%22%3C%3E%60%7B%7D%7C[]%zz?%C3%A9%20%27%22%3C%3E|",
            "ws://a b/",
            "ws://a%20b/",
            "ws://a%20b/",
            "ws://a%20b/");

    /** In this order for the browser: it delays connections after failed ones. */
    static final List<Scenario> ALL = List.of(
            Scenario.of("/", "open: send Hello | message: close 1000 bye"),
            Scenario.of("/echo", "open: send ; send Grüße 🙂; binary 00ff80 | message 3: close"),
            Scenario.of("/echo", "open: send a\\ud800b; send \\udc00 | message 2: close 3000 \\udc00"),
            Scenario.of("/echo", "open: repeat 70000 x | message: close 4999"),
            Scenario.of("/echo", "open: close"),
            Scenario.of("/echo", "open: close 3456 " + "é".repeat(61) + "x"),
            Scenario.of("/echo", "open: close 1000; close 4000 twice"),
            Scenario.of("/echo", "open: close 1000; send dropped; buffered | close: send more; buffered; close 1000"),
            Scenario.of("/echo", "open: send a; send b | message: close 1000"),
            Scenario.of("/echo", "now: send too early | open: close 1000"),
            Scenario.of("/echo", "now: close 1001; close 2999; close 5000; close 0; close 70000 | open: close 1000"),
            Scenario.of("/echo", "now: close 1000 " + "é".repeat(62) + "; close 1000 é" + " | open: close 1000"),
            Scenario.of("/echo", "open: close 1001; close 1000 | close: close 1001"),
            Scenario.of(
                    "/echo",
                    "now: set A; add B; set C; add B; add D | open: send x | message: remove D; unset; set"
                            + " E; close 1000"),
            Scenario.of(
                    "/echo",
                    "now: add A; add B | open: send x; send y | message 1: remove A; unset; set E"
                            + " | message 2: close 1000"),
            Scenario.of("/echo", "open: repeat 1048577 x"),
            Scenario.of("/deflate", "open: repeat 1000 x; send x; binary 0001 | message 3: close 1000"),
            Scenario.of("/fault/fragmented-echo/1", "open: send Grüße | message: close 1000")
                    .offering("chat.v1", "chat.v2"),
            Scenario.of("/fault/close/4001?reason=bye", ""),
            Scenario.of("/fault/close/1001?messages=1&delay=50ms", "open: send x | close: send y; buffered"),
            Scenario.of("/fault/close/1013?messages=1", "open: send x"),
            Scenario.of("/fault/close-empty", ""),
            Scenario.of("/fault/ping/hi?every=10ms&count=2", "message 2: close 1000"),
            Scenario.of("/fault/unsolicited-pong?count=3", "open: send x | message: close 1000"),
            Scenario.of("/fault/no-fin?for=2s", "open: close 1000"),
            Scenario.of("/fault/data-after-close", "")
                    .differs(BEHIND, FAILED, List.of("open OPEN '' ''", "close 1000 '' true CLOSED")),
            Scenario.of("/fault/close/2999?reason=x", "")
                    .differs(UNREGISTERED, List.of("open OPEN '' ''", "close 2999 'x' true CLOSED"), FAILED),
            Scenario.of("/fault/tcp/fin?messages=1", "open: send x").differs(ABRUPT, ECHO_1006, ECHO_FAILED),
            Scenario.of("/fault/tcp/reset?messages=1", "open: send x").differs(ABRUPT, ECHO_1006, ECHO_FAILED),
            Scenario.of("/fault/mid-frame/fin", "").differs(ABRUPT, CLOSED_1006, FAILED),
            Scenario.of("/fault/rsv/2", ""),
            Scenario.of("/fault/opcode/3", ""),
            Scenario.of("/fault/masked", ""),
            Scenario.of("/fault/big-control/ping", ""),
            Scenario.of("/fault/bare-continuation", ""),
            Scenario.of("/fault/bad-utf8/split", ""),
            Scenario.of("/fault/bad-close/one-byte", ""),
            Scenario.of("/fault/close/1006", ""),
            Scenario.of("/fault/mid-frame/silence?announced=4611686018427387904", "")
                    .differs(ENDLESS, CLOSED_1006, FAILED),
            Scenario.of("/fault/deflate-data/final-block", "message: close 1000"),
            Scenario.of("/fault/deflate-data/corrupt", ""),
            Scenario.of("/echo", "now: close"),
            Scenario.of("/echo", "now: close 1000 changed my mind; send x | close: buffered"),
            Scenario.of("/nowhere", ""),
            Scenario.of("/fault/status/401?header=WWW-Authenticate:%20Basic", ""),
            Scenario.of("/fault/status/503", "now: send x | error: send y; buffered | close: send z; buffered"),
            Scenario.of("/fault/redirect/307?to=/echo", ""),
            Scenario.of("/fault/bad-accept", ""),
            Scenario.of("/fault/missing-header/upgrade", ""),
            Scenario.of("/fault/not-http", ""),
            Scenario.of("/fault/stuck-head/30?for=100ms", ""),
            Scenario.of("/fault/deflate-answer/unoffered", ""),
            Scenario.of("/fault/deflate-answer/unknown-parameter", ""),
            Scenario.of("/fault/subprotocol/none", "").offering("chat.v1", "chat.v2"),
            Scenario.of("/fault/subprotocol/unoffered", "").offering("chat.v1"),
            Scenario.of("/fault/subprotocol/unoffered", ""),
            Scenario.of("/echo", "").offering("a", "a"),
            Scenario.of("/echo", "").offering("a b"),
            Scenario.of("/echo", "").offering(""),
            Scenario.of("/echo", "").offering("chat.v1"),
            Scenario.of("/echo#top", ""));
}
